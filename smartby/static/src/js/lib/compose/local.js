/* A draft in this browser: for whoever is not signed in, and while the server cannot be reached. */

const LIFE_MS = 14 * 24 * 3_600_000;
const LEFT_OUT = new Set(["csrf_token", "key", "kind", "saved_at"]);

/** The fields that have something in them. */
export function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && value);
}

/** Whether there is a text to keep. */
export function isWritten(form) {
  return Boolean(form.elements.title.value.trim() || form.elements.body.value.trim());
}

export function keepHere(form) {
  const fields = fieldsOf(form);
  try {
    if (!isWritten(form)) localStorage.removeItem(place(form));
    else localStorage.setItem(place(form), JSON.stringify({ at: Date.now(), fields }));
    return true;
  } catch {
    return false; // a browser that keeps nothing
  }
}

export function forgetHere(form) {
  forgetDraft(`${form.dataset.town}:${form.dataset.writing}`);
}

/** Forget what is kept of a town's form, such as "havnvik:idea". */
export function forgetDraft(which) {
  try {
    localStorage.removeItem(`draft:${which}`);
  } catch {
    // nothing was kept
  }
}

/** Put back what was written here before; tell whether there was something. */
export function bringBack(form) {
  const kept = read(form);
  if (!kept) return false;
  for (const [name, value] of kept.fields) put(form, name, value);
  for (const field of form.querySelectorAll("[data-counter]")) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}

function read(form) {
  try {
    const kept = JSON.parse(localStorage.getItem(place(form)));
    if (!Array.isArray(kept?.fields)) return null;
    return Date.now() - kept.at < LIFE_MS ? kept : null;
  } catch {
    return null;
  }
}

function put(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type !== "checkbox") {
      field.value = value;
    } else if (field.value === value) {
      field.checked = true;
      field.closest("details")?.setAttribute("open", "");
    }
  }
}

function place(form) {
  return `draft:${form.dataset.town}:${form.dataset.writing}`;
}
