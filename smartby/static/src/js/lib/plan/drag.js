/* Dragging steps by their grip, on big screens with a fine pointer. A drop is the same as a press on
   the buttons: it names the place where the step shall stand. */
import Sortable from "sortablejs";
import { acceptDrops } from "../drop.js";

const BIG = "(min-width: 60rem) and (pointer: fine)";
let sortable = null;

/** Let the steps be dragged where the screen allows it; called again when the list is drawn anew.
    `move(step, place)` sends a step to a place and tells whether it was moved. */
export function dragSteps(move) {
  if (!matchMedia(BIG).matches) return;
  if (!sortable) acceptDrops();
  sortable?.destroy();
  sortable = Sortable.create(document.getElementById("build"), {
    animation: 0,
    draggable: "li",
    handle: "[data-grip]",
    onEnd: (drop) => settle(drop, move),
  });
}

async function settle({ item: step, from, oldIndex, newIndex }, move) {
  if (oldIndex === newIndex) return;
  const moved = await move(step, newIndex + 1);
  // Refused: back to where it stood.
  if (!moved && step.isConnected) {
    step.remove();
    from.insertBefore(step, from.children[oldIndex] ?? null);
  }
}
