/* A list answers at once to a filter, an order or words, while they are typed: the same page is fetched and
   its hits are put in the place of the old ones. The controls stay, so focus and scroll do too; the address
   says what is chosen, and going back takes it back. Without an answer the form is sent as it always could
   be, except in the middle of a word: then the next letter or Enter asks again. */
import { afterPause, fill } from "./compose/fragment.js";
import { announce } from "./live/announce.js";

const PAUSE_MS = 300;

/** Take over a list's form and everything outside it that belongs to it. */
export function chooseAtOnce(form) {
  const place = document.getElementById(form.dataset.list);
  // What only the page without script needs.
  for (const button of document.querySelectorAll("[data-without-script]")) {
    if (button.form === form) button.remove();
  }
  const typed = afterPause(PAUSE_MS, () => choose(form, place, true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    typed.cancel();
    choose(form, place);
  });
  form.addEventListener("input", typed);
  document.addEventListener("change", ({ target }) => {
    if (target.form === form && target.type !== "search") choose(form, place);
  });
  window.addEventListener("popstate", () => {
    // Whoever goes back before a pause is over would be led on again to what they had typed.
    typed.cancel();
    show(form, place, window.location.href, { goingBack: true });
  });
}

function choose(form, place, typing = false) {
  // What goes without saying is not said: the address is the one that the page itself would give.
  const said = [...new FormData(form)].filter(([, value]) => value);
  const asked = new URLSearchParams(said);
  const path = new URL(form.action).pathname;
  const address = asked.size ? `${path}?${asked}` : path;
  if (address === window.location.pathname + window.location.search) return;
  // All letters of a search are one step back.
  const going = typing && window.history.state?.typing ? "replaceState" : "pushState";
  window.history[going](typing ? { typing } : null, "", address);
  show(form, place, address, { typing });
}

let running = null;

async function show(form, place, address, { typing = false, goingBack = false }) {
  running?.abort();
  const mine = (running = new AbortController());
  const late = setTimeout(() => place.setAttribute("aria-busy", "true"), 400);
  try {
    const response = await fetch(address, { signal: mine.signal });
    if (!response.ok) throw new Error(response.status);
    draw(form, place, new DOMParser().parseFromString(await response.text(), "text/html"), goingBack);
  } catch {
    if (!mine.signal.aborted && !typing) window.location.assign(address);
  } finally {
    clearTimeout(late);
    if (running === mine) place.removeAttribute("aria-busy");
  }
}

function draw(form, place, page, goingBack) {
  fill(place, page.getElementById(place.id).innerHTML);
  document.title = page.title;
  for (const control of form.elements) {
    const boxes = [...page.querySelectorAll(`input[type="checkbox"][name="${control.name}"]`)];
    const twin = control.id ? page.getElementById(control.id) : boxes.find(({ value }) => value === control.value);
    if (twin) follow(control, twin, goingBack);
  }
  const chosen = document.querySelector("[data-chosen]");
  if (chosen) chosen.textContent = page.querySelector("[data-chosen]").textContent;
  announce(place.querySelector("h2").textContent.replace(/\s+/g, " ").trim());
}

/** Let a control count what is left; and say what is chosen, when it was not changed by hand. */
function follow(control, twin, goingBack) {
  const count = control.closest("label")?.lastElementChild;
  if (count) count.replaceChildren(...[...twin.closest("label").lastElementChild.childNodes].map((node) => document.adoptNode(node)));
  // Which orders there are, and which is the usual one, depends on whether words are searched for.
  if (control.localName === "select" && control.innerHTML !== twin.innerHTML) {
    const chosen = twin.value; // before its options leave it
    control.replaceChildren(...[...twin.children].map((option) => document.adoptNode(option)));
    control.value = chosen;
    return;
  }
  if (!goingBack) return;
  if (control.type === "checkbox") control.checked = twin.checked;
  else control.value = twin.value;
}
