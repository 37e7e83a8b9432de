/* Draws an element anew under the reader's hands: the focus, an open menu and what is being written stay
   as they were. One change may arrive twice, as the answer to one's own press and by the stream. */

const FOCUSABLE = "a, button, summary";
const WRITTEN = "textarea[id], input[type='text'][id]";

/** Put `fresh` where `old` stands. */
export function swap(old, fresh) {
  const focusAgain = keepFocus(old);
  for (const summary of old.querySelectorAll?.("details[open] > summary[id]") ?? []) {
    const same = fresh.querySelector(`#${CSS.escape(summary.id)}`);
    if (same) same.parentElement.open = true;
  }
  keepWords(old, fresh);
  old.replaceWith(fresh);
  focusAgain(fresh);
}

/** Remember where in an element the focus is; return what puts it there in the element drawn anew. */
export function keepFocus(old) {
  const focused = document.activeElement;
  if (!old.contains(focused)) return () => {};
  const index = [...old.querySelectorAll(FOCUSABLE)].indexOf(focused);
  const { selectionStart, selectionEnd } = focused;
  return (fresh) => {
    const same = focused.id ? document.getElementById(focused.id) : fresh.querySelectorAll(FOCUSABLE)[index];
    same?.focus({ preventScroll: true });
    if (same?.matches(WRITTEN) && same.value === focused.value) same.setSelectionRange(selectionStart, selectionEnd);
  };
}

/** What was written and not sent yet goes along. */
function keepWords(old, fresh) {
  for (const field of old.querySelectorAll?.(WRITTEN) ?? []) {
    if (field.value === field.defaultValue) continue;
    const same = fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (same?.matches(WRITTEN)) same.value = field.value;
  }
}
