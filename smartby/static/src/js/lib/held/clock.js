/* Clocks: the server says how much is left, the browser only counts. A clock that is drawn anew starts
   from what it says then, so it never drifts for long. */
import { allIn, onInsert } from "../inserted.js";

const LAST = 10; // seconds that are marked

/** Let every clock on the page tick. */
export function tickClocks() {
  onInsert(start);
  setInterval(() => document.querySelectorAll("[data-clock]").forEach(show), 250);
}

function start(root) {
  allIn(root, "[data-clock]").forEach(begin);
}

function begin(clock) {
  clock.endsAt = performance.now() + Number(clock.dataset.left) * 1000;
}

function show(clock) {
  if (clock.dataset.runs === undefined) return;
  if (clock.endsAt === undefined) begin(clock);
  const left = Math.max(0, Math.ceil((clock.endsAt - performance.now()) / 1000));
  const text = `${pad(Math.floor(left / 60))}:${pad(left % 60)}`;
  const digits = clock.querySelector("[data-digits]");
  if (digits.textContent !== text) digits.textContent = text;
  clock.toggleAttribute("data-last", left <= LAST);
  const out = clock.parentElement.querySelector("[data-out]");
  if (out) out.hidden = left > 0;
}

function pad(number) {
  return String(number).padStart(2, "0");
}
