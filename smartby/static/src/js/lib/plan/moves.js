/* Moving a step with its buttons, by dragging it, or with the arrow keys on its grip. The list that the
   server draws comes in place of the old one, the focus stays on the step, and the new order is told politely. */
import { announce } from "../live/announce.js";
import { apply } from "../live/apply.js";
import { swap } from "../live/swap.js";
import { dragSteps } from "./drag.js";
import { send, tell } from "./send.js";

const KEYS = { ArrowUp: -1, ArrowDown: 1 };
const wanted = new Map(); // id of a step on its way → the place it shall have

/** Listen for the buttons, the grips and the keys. */
export function takeMoves() {
  ready();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-move]")) return;
    event.preventDefault();
    move(form.closest("li"), form.elements.place.value);
  });
  document.addEventListener("keydown", (event) => {
    const step = event.target.closest?.("[data-grip]")?.closest("li");
    const way = KEYS[event.key];
    if (!step || !way || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    nudge(step, way);
  });
}

/** One place up or down, also while the press before is on its way: the last place wanted counts. */
function nudge(step, way) {
  const steps = [...step.parentElement.children];
  const from = wanted.get(step.id) ?? steps.indexOf(step) + 1;
  const place = Math.min(Math.max(from + way, 1), steps.length);
  if (place === from) return;
  const waits = wanted.has(step.id);
  wanted.set(step.id, place);
  if (!waits) settle(step.id);
}

async function settle(id) {
  let place;
  let moved = true;
  while (moved && wanted.get(id) !== place) {
    place = wanted.get(id);
    const step = document.getElementById(id);
    moved = step !== null && (await move(step, place));
  }
  wanted.delete(id);
}

/** Send a step to a place, counted from 1; return whether it was moved. */
export async function move(step, place) {
  const answer = await send(step.dataset.move, { place });
  announce(answer.message);
  tell(answer);
  if (!answer.ok) return false;
  for (const op of answer.ops) {
    if (op.op === "replace" && op.target === "build") draw(op.html, step.id);
    else apply([op]);
  }
  return true;
}

/* Not apply(): that leaves what somebody types in alone, and here the order must be right. */
function draw(html, id) {
  const template = document.createElement("template");
  template.innerHTML = html;
  swap(document.getElementById("build"), template.content.firstElementChild);
  ready();
  const step = document.getElementById(id);
  // The button is gone when the step has come first or last.
  if (!step.contains(document.activeElement)) step.querySelector("[data-grip]").focus();
}

function ready() {
  document.getElementById("build").dataset.ready = "";
  dragSteps(move);
}
