/* Draws an element anew under the reader's hands: the focus and an open menu stay where they were. One
   change may arrive twice, as the answer to one's own press and by the stream. */

const FOCUSABLE = "a, button, summary";

/** Put `fresh` where `old` stands. */
export function swap(old, fresh) {
  const focus = old.contains(document.activeElement) ? placeOf(old, document.activeElement) : null;
  for (const summary of old.querySelectorAll?.("details[open] > summary[id]") ?? []) {
    const same = fresh.querySelector(`#${CSS.escape(summary.id)}`);
    if (same) same.parentElement.open = true;
  }
  old.replaceWith(fresh);
  if (focus) found(fresh, focus)?.focus({ preventScroll: true });
}

function placeOf(root, focused) {
  return { id: focused.id, index: [...root.querySelectorAll(FOCUSABLE)].indexOf(focused) };
}

function found(root, { id, index }) {
  return id ? document.getElementById(id) : root.querySelectorAll(FOCUSABLE)[index];
}
