/* Holds new items back where inserting them would move what is being read; a pill counts them
   (`<div class="sb-pill" data-pill-for="<container id>" data-one="1 ny" data-many="%n nye" hidden>`). */
import { announceNew } from "./announce.js";
import { markArrived } from "./arrived.js";

const waiting = new Map(); // container id → [{ fresh, first }]

/** Return an item that is held back, by its id. */
export function held(id) {
  for (const items of waiting.values()) {
    const found = items.find(({ fresh }) => fresh.id === id);
    if (found) return { replaceWith: (fresh) => (found.fresh = fresh), remove: () => drop(items, found), contains: () => false };
  }
  return null;
}

function drop(items, item) {
  items.splice(items.indexOf(item), 1);
}

/** Hold an item back if it belongs above the bottom of the window; tell whether it was held. */
export function hold(container, fresh, first) {
  const pill = document.querySelector(`[data-pill-for="${CSS.escape(container.id)}"]`);
  // Where nothing stands, nothing that is being read can move.
  if (!pill || !container.firstElementChild || isBelowView(container, first)) return false;
  if (!waiting.has(container.id)) {
    waiting.set(container.id, []);
    pill.addEventListener("click", () => release(container, pill));
  }
  const items = waiting.get(container.id);
  items.push({ fresh, first });
  count(pill, items.length);
  announceNew(container);
  return true;
}

function isBelowView(container, first) {
  const box = container.getBoundingClientRect();
  return (first ? box.top : box.bottom) >= window.innerHeight;
}

function count(pill, number) {
  pill.hidden = number === 0;
  pill.querySelector("[data-text]").textContent =
    number === 1 ? pill.dataset.one : pill.dataset.many.replace("%n", number);
}

function release(container, pill) {
  const items = waiting.get(container.id).splice(0);
  for (const { fresh, first } of items) {
    container[first ? "prepend" : "append"](fresh);
    markArrived(fresh);
  }
  count(pill, 0);
  const newest = items.at(-1)?.fresh;
  if (!newest) return;
  newest.tabIndex = -1;
  newest.focus({ preventScroll: true });
  newest.scrollIntoView({ block: "nearest" });
}
