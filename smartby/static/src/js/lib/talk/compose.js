/* Writing a comment or a reply without leaving the page. What is typed survives a refusal, a lost
   connection and a reload; it is forgotten when it has been sent. */
import { apply } from "../live/apply.js";
import { ask, forgive, newKey, refuse } from "../ask.js";

/** Take over the forms that comments are written in. */
export function takeComments() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-compose]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.state !== "sending") send(form);
  });
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-compose]");
    if (form && target.name === "body") keep(form, target.value);
  });
  for (const form of document.querySelectorAll("form[data-compose]")) bringBack(form);
}

async function send(form) {
  const button = form.querySelector("[type=submit]");
  const row = button.closest(".sb-row");
  forgive(row);
  form.dataset.state = "sending";
  button.setAttribute("aria-disabled", "true");
  const answer = await ask(form.action, Object.fromEntries(new FormData(form)));
  delete form.dataset.state;
  button.removeAttribute("aria-disabled");
  if (!answer.ok) {
    refuse(row, answer.message);
    form.elements.body.focus();
    return;
  }
  finish(form);
  apply(answer.ops ?? []);
  document.getElementById(`comment-${answer.comment}`)?.scrollIntoView({ block: "nearest" });
}

function finish(form) {
  forget(form);
  if (form.matches(".sb-reply")) {
    form.dispatchEvent(new CustomEvent("talk:done", { bubbles: true }));
    return;
  }
  form.reset();
  form.elements.key.value = newKey();
}

/** Put back what was typed here before. */
export function bringBack(form) {
  const kept = sessionStorage.getItem(place(form));
  if (kept && !form.elements.body.value) form.elements.body.value = kept;
}

function keep(form, text) {
  if (text) sessionStorage.setItem(place(form), text);
  else forget(form);
}

function forget(form) {
  sessionStorage.removeItem(place(form));
}

function place(form) {
  return `typed:${new URL(form.action, location).pathname}`;
}
