/* Keys on a card: m opens its menu, e takes it, j and k go to the next and the previous card, Esc closes. They act
   only while the focus is in a card, so that they never take a letter from anybody. */

/** Listen for the keys. */
export function helpKeys() {
  document.addEventListener("keydown", (event) => {
    const card = event.target.closest?.(".sb-bcard");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select")) return;
    const act = { m: open, e: take, j: next, k: previous, Escape: close }[event.key];
    if (act?.(card)) event.preventDefault();
  });
}

function open(card) {
  const menu = card.querySelector(".sb-move");
  if (!menu) return false;
  menu.open = true;
  menu.querySelector("[data-to], a")?.focus();
  return true;
}

function take(card) {
  const button = card.querySelector("[data-own]");
  button?.click();
  return Boolean(button);
}

function close(card) {
  const menu = card.querySelector(".sb-move[open]");
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
}

function next(card) {
  return step(card, 1);
}

function previous(card) {
  return step(card, -1);
}

function step(card, way) {
  const cards = [...document.querySelectorAll(".sb-bcard")];
  const other = cards[cards.indexOf(card) + way];
  other?.querySelector("a")?.focus();
  return Boolean(other);
}
