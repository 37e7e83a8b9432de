/* What a button of the page's one form sends: its own name and value, and the fields that belong to
   the form. */
import { explain } from "../refusal.js";

const OF_ONE = /^(?:body|reason|title|seen|into)-(\d+)$/;

/** Return the fields that pressing this button would send. */
export function fieldsOf(button) {
  const form = document.getElementById("act");
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrf_token;
  delete fields.key;
  // A field that belongs to one card is sent with that card's button only.
  for (const name of Object.keys(fields)) {
    const [, owner] = OF_ONE.exec(name) ?? [];
    if (owner && owner !== button.value) delete fields[name];
  }
  if (button.name) fields[button.name] = button.value;
  return fields;
}

/** Say something once, politely. */
export function say(text) {
  const place = document.getElementById("said");
  if (place) place.textContent = text;
}

/** Say what the server answered, with the way on where one has been signed out. */
export function sayOf(answer) {
  const place = document.getElementById("said");
  if (place) explain(place, answer);
}

/** Draw a fragment of the server's. */
export function drawn(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** Enter in a field of one line presses the button beside it, and nothing in a box. */
export function sendLines() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!event.target.matches("textarea[data-line], input[form='act']")) return;
    event.preventDefault();
    if (event.target.matches("textarea")) event.target.closest("[data-writing]").querySelector("button[form='act']").click();
  });
}
