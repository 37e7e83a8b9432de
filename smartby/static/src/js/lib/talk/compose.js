/* Writing a comment or a reply without leaving the page. What is typed survives a refusal, a lost
   connection and a reload; it is forgotten when it has been sent. */
import { apply } from "../live/apply.js";
import { ask, forgive, newKey, refuse } from "../ask.js";
import { bringBack, forget, keep } from "./typed.js";

const unsent = new Set(); // forms whose text waits for the connection

/** Take over the forms that comments are written in. */
export function takeComments() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-compose]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.state !== "sending") send(form);
  });
  keep();
  for (const form of document.querySelectorAll("form[data-typed]")) bringBack(form);
  window.addEventListener("online", sendAgain);
  document.addEventListener("live:back", sendAgain);
}

async function send(form) {
  const button = form.querySelector("[type=submit]");
  const row = button.closest(".sb-row");
  forgive(row);
  show(form, "sending");
  button.setAttribute("aria-disabled", "true");
  const answer = await ask(form.action, Object.fromEntries(new FormData(form)), () => show(form, "offline", "sending"));
  button.removeAttribute("aria-disabled");
  show(form, answer.status === 0 ? "offline" : "");
  if (answer.ok) finish(form, answer);
  else if (answer.status === 0) unsent.add(form);
  else explain(form, row, answer);
}

/** Show how far it has come. `busy` is what the form itself is while the words say another thing. */
function show(form, state, busy = state) {
  if (busy) form.dataset.state = busy;
  else delete form.dataset.state;
  form.querySelector("[data-unsent]").hidden = state !== "offline";
}

/** The connection is back: what waited goes out with its own key, so that it arrives once. */
function sendAgain() {
  for (const form of unsent) {
    unsent.delete(form);
    if (form.isConnected && form.dataset.state === "offline" && form.elements.body.value.trim()) send(form);
  }
}

function explain(form, row, answer) {
  // The server has kept nothing; or it has had this key before, and what is written now is new.
  form.elements.key.value = newKey();
  refuse(row, answer);
  form.elements.body.focus();
  // On a phone the field alone would fill what is seen.
  row.nextElementSibling?.scrollIntoView({ block: "center" });
}

function finish(form, answer) {
  forget(form);
  unsent.delete(form);
  form.dispatchEvent(new CustomEvent("talk:sent", { bubbles: true }));
  if (form.matches(".sb-reply")) {
    form.dispatchEvent(new CustomEvent("talk:done", { bubbles: true }));
  } else {
    form.reset();
    form.elements.key.value = newKey();
  }
  apply(answer.ops ?? []);
  const comment = document.getElementById(`comment-${answer.comment}`);
  if (comment) comment.scrollIntoView({ block: "nearest" });
  // Another part of the discussion is shown here: go where it stands.
  else location.assign(answer.where);
}
