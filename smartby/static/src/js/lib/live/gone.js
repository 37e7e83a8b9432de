/* Takes an element away from under the reader. If it had the focus, what stood after it gets it, else what stood before
   it, else the heading of the list: never a button of another item, which the next press of Enter would press. */
import { announce } from "./announce.js";
import { focusNext } from "./swap.js";

/** Take an element away; the focus goes on from where it was, and that is said politely. */
export function takeAway(old) {
  const list = old.parentElement;
  if (!old.contains(document.activeElement)) {
    old.remove();
    return;
  }
  const nearest = [beside(old, "nextElementSibling"), beside(old, "previousElementSibling")];
  old.remove();
  // Looked at afterwards: a list that is empty now may have no heading to be seen.
  const next = nearest.find((item) => item?.checkVisibility()) ?? headingOf(list);
  if (next) give(next);
  else focusNext(list);
  announce(document.getElementById("announcer")?.dataset.gone ?? "");
}

function beside(old, way) {
  let at = old[way];
  while (at && (at.localName !== old.localName || !at.checkVisibility())) at = at[way];
  return at;
}

/** The nearest words that say what a list is: what it is labelled by, or the heading that stands before it. */
function headingOf(list) {
  for (let at = list; at && at !== document.body; at = at.parentElement) {
    const named = document.getElementById(at.getAttribute("aria-labelledby"));
    const before = [...at.querySelectorAll("h1, h2, h3, h4")].filter(
      (heading) => heading.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    const found = [named, ...before.reverse()].find((heading) => heading?.checkVisibility());
    if (found) return found;
  }
  return null;
}

function give(next) {
  if (next.tabIndex < 0) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}
