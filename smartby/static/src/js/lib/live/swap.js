/* Draws an element anew under the reader's hands: the focus, an open menu and what is being written stay
   as they were. Where what had the focus is no more, the nearest place to go on from gets it: what the
   page marks with `data-focus-next`, or a heading. One change may arrive twice, as the answer to one's own
   press and by the stream. */

const FOCUSABLE = "a, button, summary";
const NEXT = "[data-focus-next][tabindex], [data-focus-next] button";
const WRITTEN = "textarea[id], input[type='text'][id]";

/** Put `fresh` where `old` stands, unless what stands there is newer: an answer may be here before what the stream
    tells of the order before. */
export function swap(old, fresh) {
  if (Number(fresh.dataset?.rev) < Number(old.dataset?.rev)) return;
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
  const around = idsAround(focused, old);
  return (fresh) => {
    // In another activity nothing is what it was, also where it has the same id.
    const other = old.dataset.activity !== fresh.dataset.activity;
    const same = other ? null : again(focused, fresh, index);
    if (!same) {
      focusNext(other ? fresh : (around.map((id) => document.getElementById(id)).find(Boolean) ?? fresh));
      return;
    }
    same.focus({ preventScroll: true });
    if (same.matches(WRITTEN) && same.value === focused.value) same.setSelectionRange(selectionStart, selectionEnd);
  };
}

/** Give the focus to the nearest place around an element that one can go on from. */
export function focusNext(fresh) {
  let next = null;
  for (let at = fresh; at && !next; at = at.parentElement) next = at.querySelector(NEXT);
  next ??= fresh.querySelector("h1, h2, h3, h4") ?? document.querySelector("main h1");
  if (next && next.tabIndex < 0) next.tabIndex = -1;
  next?.focus({ preventScroll: true });
}

function again(focused, fresh, index) {
  if (focused.id) return document.getElementById(focused.id);
  const there = fresh.querySelectorAll(FOCUSABLE)[index];
  return there?.tagName === focused.tagName && there.name === focused.name ? there : null;
}

function idsAround(focused, old) {
  const ids = [];
  for (let at = focused.parentElement; at && old.contains(at); at = at.parentElement) if (at.id) ids.push(at.id);
  return ids;
}

/** What was written and not sent yet goes along. */
function keepWords(old, fresh) {
  for (const field of old.querySelectorAll?.(WRITTEN) ?? []) {
    if (field.value === field.defaultValue) continue;
    const same = fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (same?.matches(WRITTEN)) same.value = field.value;
  }
}
