/* The times of all steps follow the minutes as they are typed; what is typed is saved when one leaves the field. */
import { announce } from "../live/announce.js";
import { apply } from "../live/apply.js";
import { send, tell } from "./send.js";

/** Listen for minutes that are typed. */
export function takeMinutes() {
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-minutes]")) tellTimes();
  });
  document.addEventListener("change", ({ target }) => {
    // Whatever is typed: what cannot be saved is refused in words, below the programme.
    if (target.matches("[data-minutes]")) save(target);
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("[data-minutes]");
    if (!field) return;
    event.preventDefault();
    save(field);
  });
}

async function save(field) {
  // Enter sends, and leaving the field afterwards would send the same once more.
  if (field.value === field.dataset.saved) return;
  field.dataset.saved = field.value;
  const answer = await send(field.form.action, { minutes: field.value });
  field.toggleAttribute("aria-invalid", !answer.ok);
  if (answer.ok) field.defaultValue = field.value;
  else delete field.dataset.saved;
  apply(answer.ops ?? []);
  announce(answer.message);
  tell(answer);
}

function tellTimes() {
  const list = document.getElementById("build");
  const [, hours, colon, minutes] = /^(\d+)(\D)(\d+)/.exec(list.dataset.starts) ?? [];
  if (!colon) return;
  let at = Number(hours) * 60 + Number(minutes);
  for (const step of list.children) {
    step.querySelector("[data-begins]").textContent = `${two(Math.floor(at / 60) % 24)}${colon}${two(at % 60)}`;
    const field = step.querySelector("[data-minutes]");
    at += Number(field.checkValidity() ? field.value : field.defaultValue);
  }
}

function two(number) {
  return String(number).padStart(2, "0");
}
