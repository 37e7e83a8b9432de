/* What is typed in a field with data-draft survives whatever is drawn anew around it. */
import { allIn, onInsert } from "../inserted.js";

const PREFIX = "smartby-held-";

/** Keep what is typed, and put it back when the field is drawn anew. */
export function keepDrafts() {
  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.draft) store(target.dataset.draft, target.value);
  });
  onInsert((root) => {
    for (const field of allIn(root, "[data-draft]")) {
      const kept = sessionStorage.getItem(PREFIX + field.dataset.draft);
      if (kept && !field.value) {
        field.value = kept;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      document.getElementById(noteOf(field.dataset.draft))?.remove();
    }
    if (root.matches(".sb-stage")) showLost();
  });
}

/** What was being written when the activity ended is shown, so that it can be used elsewhere. */
function showLost() {
  const names = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  for (const name of names) {
    if (document.querySelector(`[data-draft="${CSS.escape(name)}"]`) || document.getElementById(noteOf(name))) continue;
    bringBack(sessionStorage.getItem(PREFIX + name), noteOf(name));
  }
}

/** Show words that came too late above what is on. */
export function bringBack(text, id = "") {
  const note = document.getElementById("toolate").content.firstElementChild.cloneNode(true);
  if (id) note.id = id;
  note.querySelector("[data-body]").textContent = text;
  document.querySelector("[data-room]").prepend(note);
}

function noteOf(name) {
  return `lost-${name}`;
}

/** Forget a draft: it has been sent. */
export function forget(name) {
  sessionStorage.removeItem(PREFIX + name);
}

function store(name, text) {
  if (text) sessionStorage.setItem(PREFIX + name, text);
  else sessionStorage.removeItem(PREFIX + name);
}
