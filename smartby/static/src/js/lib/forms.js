/* Forms: one press sends once, and a field says how many letters are left. */
import { allIn, onInsert } from "./inserted.js";
import { number } from "./numbers.js";

/** Watch every form of the page, also those that are inserted later. */
export function watchForms() {
  document.addEventListener("submit", holdButton);
  document.addEventListener("input", ({ target }) => count(target));
  // A page that comes back from the browser's memory must not stand there with a dead button.
  window.addEventListener("pageshow", releaseButtons);
  onInsert((root) => allIn(root, "[data-counter]").forEach(count));
}

function holdButton(event) {
  const button = event.submitter;
  // A form that fetches (a search, a download) may be sent as often as one likes.
  if (!button || event.target.method !== "post") return;
  if (button.hasAttribute("data-held")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // A tick later, because only then we know whether another module sends the form itself.
  setTimeout(() => {
    if (!event.defaultPrevented) hold(button);
  });
}

function hold(button) {
  // Not `disabled`: that would drop the focus and leave out the button's own value. The text and
  // so the width stay.
  button.setAttribute("aria-disabled", "true");
  button.dataset.held = "";
}

function releaseButtons() {
  for (const button of document.querySelectorAll("[data-held]")) {
    button.removeAttribute("aria-disabled");
    delete button.dataset.held;
  }
}

function count(field) {
  if (!field.dataset?.counter) return;
  const output = document.getElementById(field.dataset.counter);
  if (!output) return;
  // Letters as the server counts them: a smiling face is one.
  const left = Number(output.dataset.limit) - [...field.value].length;
  const text = left < 0 ? output.dataset.over : output.dataset.under;
  output.textContent = text.replace("%d", number.format(Math.abs(left)));
  output.dataset.state = left < 0 ? "over" : "under";
}
