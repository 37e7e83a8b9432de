/* Clocks: the server says how much is left, the browser only counts. A clock that is drawn anew starts
   from what it says then, so it never drifts for long. */
import { allIn, onInsert } from "../inserted.js";
import { announce } from "../live/announce.js";

const LAST = 10; // seconds that are marked

/** Let every clock on the page tick. */
export function tickClocks() {
  onInsert(start);
  setInterval(tick, 250);
}

function start(root) {
  allIn(root, "[data-clock]").forEach(begin);
  allIn(root, "[data-closes]").forEach((box) => (box.closesAt = later(box.dataset.closes)));
}

function begin(clock) {
  clock.endsAt = later(clock.dataset.left);
}

function later(seconds) {
  return performance.now() + Number(seconds) * 1000;
}

function tick() {
  document.querySelectorAll("[data-clock]").forEach(show);
  document.querySelectorAll("[data-closes]").forEach(shut);
  document.querySelectorAll("button[data-left]").forEach(expire);
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

/** When the last moment to send has passed, the field goes and the words say so. */
function shut(box) {
  if (performance.now() < box.closesAt) return;
  delete box.dataset.closes;
  box.dataset.takes = "no";
  const words = box.querySelector("[data-shut]");
  words.hidden = false;
  box.querySelector("[data-open]").hidden = true;
  announce(words.textContent.trim());
  box.dispatchEvent(new CustomEvent("held:shut", { bubbles: true }));
}

/** What can be pressed for a while only goes then, unless somebody is at it. */
function expire(button) {
  button.expiresAt ??= later(button.dataset.left);
  if (performance.now() > button.expiresAt && button !== document.activeElement) button.remove();
}

function pad(number) {
  return String(number).padStart(2, "0");
}
