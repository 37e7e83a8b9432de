/* Dragging cards between lanes, on big screens with a fine pointer. A drop is the same choice as in
   the card's menu: what the menu does not offer cannot be dropped on. */
import Sortable from "sortablejs";
import { acceptDrops } from "../drop.js";
import { moveCard, refuse, words } from "./moves.js";

const BIG = "(min-width: 60rem) and (pointer: fine)";

/** Let cards be dragged where the screen allows it. */
export function dragCards() {
  if (!matchMedia(BIG).matches) return;
  acceptDrops();
  for (const lane of document.querySelectorAll("[data-lane]")) {
    Sortable.create(lane, {
      group: "board",
      sort: false,
      animation: 0,
      draggable: ".sb-bcard",
      filter: "button, summary, textarea, .sb-move__menu",
      preventOnFilter: false,
      onStart: ({ item }) => show(item),
      onMove: ({ dragged, to }) => choiceOf(dragged, to) !== null,
      onEnd: drop,
    });
  }
}

function choiceOf(card, lane) {
  if (card.dataset.stage === lane.dataset.lane) return null;
  const choice = card.querySelector(`[data-to="${lane.dataset.lane}"]`);
  return choice && getComputedStyle(choice).display !== "none" ? choice : null;
}

function show(card) {
  // The menu's choices say where it may go; hidden inside a closed <details> they still stand there.
  document.querySelector(".sb-boardpage").dataset.dragging = "";
  card.dataset.dragged = "";
  for (const lane of document.querySelectorAll("[data-lane]")) {
    lane.closest(".sb-lane").toggleAttribute("data-drop", choiceOf(card, lane) !== null);
  }
}

async function drop({ item: card, from, oldIndex, originalEvent }) {
  delete document.querySelector(".sb-boardpage").dataset.dragging;
  delete card.dataset.dragged;
  for (const lane of document.querySelectorAll("[data-drop]")) lane.removeAttribute("data-drop");
  const to = laneUnder(originalEvent);
  const choice = to && to !== from ? choiceOf(card, to) : null;
  if (choice === null) {
    putBack(card, from, oldIndex);
    if (to && to !== from) refuse(card.id, { message: nowhere(from, to) });
    return;
  }
  to.prepend(card);
  const moved = await moveCard(card, choice);
  // After a conflict the server has drawn the card where it really is; else it goes back.
  if (!moved && card.isConnected) putBack(card, from, oldIndex);
}

/* Where the pointer let go. The library leaves the card in the last lane that it was allowed into on
   the way, which is not what somebody meant who passed over it. */
function laneUnder({ clientX, clientY }) {
  return document.elementFromPoint(clientX, clientY)?.closest(".sb-lane")?.querySelector("[data-lane]");
}

function nowhere(from, to) {
  return words().nowhere.replace("%f", from.dataset.name).replace("%t", to.dataset.name);
}

function putBack(card, lane, index) {
  lane.insertBefore(card, lane.querySelectorAll(":scope > .sb-bcard")[index] ?? null);
}
