/* Buttons that are on or off: support, useful. A press shows at once, is sent as the wanted value, and
   goes back with the reason beside it when the server refuses. All controls of the same thing on the
   page change together, and so do the person's other tabs (live:press). */
import { ask, forgive, refuse } from "./ask.js";
import { number } from "./numbers.js";

/** Take over the presses of every [data-press] button. */
export function takePresses() {
  document.addEventListener("click", pressed);
  document.addEventListener("live:press", ({ target, detail }) => show(target, detail));
}

function pressed(event) {
  const control = event.target.closest("button[data-press]");
  // Whoever is not signed in has a form that asks for a page: it does the rest.
  if (!control || control.form?.method !== "post") return;
  event.preventDefault();
  if (control.dataset.state !== "sending") send(control);
}

async function send(control) {
  const same = [...document.querySelectorAll(`button[data-press="${CSS.escape(control.dataset.press)}"]`)];
  const before = isPressed(control);
  forgive(control);
  for (const each of same) {
    show(each, !before);
    each.dataset.state = "sending";
  }
  const counted = count(control, before ? -1 : 1);
  const answer = await ask(control.formAction, { wanted: before ? "no" : "yes" });
  for (const each of same) delete each.dataset.state;
  if (answer.ok) return;
  for (const each of same) show(each, before);
  // Unless the true total has come meanwhile.
  for (const [place, was, became] of counted) if (place.textContent === became) place.textContent = was;
  refuse(control, answer);
}

function isPressed(control) {
  return control.getAttribute("aria-pressed") === "true";
}

function show(control, on) {
  control.setAttribute("aria-pressed", String(on));
  control.value = on ? "no" : "yes";
  // The words of either state stand once on the page.
  const words = document.getElementById(`word-${on}`);
  const rest = control.querySelector("small");
  if (!words || !rest) return;
  while (control.firstChild !== rest) control.firstChild.remove();
  control.prepend(words.content.cloneNode(true));
}

/** Change the count by one wherever it stands; return the places with their texts before and after. */
function count(control, change) {
  const name = control.querySelector("[data-live]")?.dataset.live;
  if (!name) return [];
  return [...document.querySelectorAll(`[data-live="${CSS.escape(name)}"]`)].map((place) => {
    const was = place.textContent;
    const total = Math.max(0, Number(was.replace(/\D/g, "")) + change);
    // Where nobody finds it useful, no nought is written.
    place.textContent = total === 0 && name.startsWith("useful") ? "" : number.format(total);
    return [place, was, place.textContent];
  });
}
