/* Tells the others that somebody is writing, and shows how many of them are: a number, never a name. */

const SAY_MS = 3000; // at most this often
const LASTS_MS = 6000;
let said = 0; // when we last told of ourselves
let timer = null;

/** Watch what is typed, and show what is heard. */
export function tellOfWriting() {
  const sign = document.querySelector("[data-writing]");
  if (!sign) return;
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-compose]");
    if (form && target.name === "body") say(Number(form.dataset.compose));
  });
  document.addEventListener("talk:sent", ({ target }) => {
    said = 0;
    tell({ contribution: Number(target.dataset.compose), still: false });
  });
  document.addEventListener("live:totals", ({ detail }) => {
    if (detail.stream === sign.dataset.writing && "writing" in detail) show(sign, detail.writing);
  });
}

function say(contribution) {
  const moment = Date.now();
  if (moment - said < SAY_MS) return;
  said = moment;
  tell({ contribution });
}

function tell(data) {
  document.dispatchEvent(new CustomEvent("live:send", { detail: { name: "writing", data } }));
}

function show(sign, total) {
  const others = total - (Date.now() - said < LASTS_MS ? 1 : 0);
  sign.hidden = others < 1;
  sign.textContent = others === 1 ? sign.dataset.one : sign.dataset.many.replace("%n", others);
  clearTimeout(timer);
  timer = setTimeout(() => (sign.hidden = true), LASTS_MS);
}
