/* Dragging cards between groups, on big screens with a fine pointer. A card is taken first, so that two
   do not tear at it, and put with the version that was seen; everybody, also this page, is then told. */
import Sortable from "sortablejs";
import { ask } from "../ask.js";
import { acceptDrops } from "../drop.js";
import { allIn, onInsert } from "../inserted.js";
import { fieldsOf, say, sayOf } from "./fields.js";

/** Let cards be dragged between groups. */
export function dragCards() {
  document.documentElement.dataset.drags = "";
  acceptDrops();
  onInsert((root) => {
    for (const pile of allIn(root, "[data-pile]")) begin(pile);
  });
}

function begin(pile) {
  if (Sortable.get(pile)) return;
  Sortable.create(pile, {
    group: "cards",
    sort: false,
    animation: 0,
    draggable: "[data-card]",
    // A click on a card chooses it; only what is moved a little is dragged.
    fallbackTolerance: 6,
    onStart: ({ item }) => take(item),
    onEnd: drop,
  });
}

function take(card) {
  card.taken = send({ take: card.dataset.card });
}

async function drop({ item: card, from, to, oldIndex }) {
  if (to === from) return;
  const back = () => from.insertBefore(card, from.querySelectorAll(":scope > [data-card]")[oldIndex] ?? null);
  const pick = { [`pick-${card.dataset.card}`]: card.dataset.version };
  const taken = await card.taken;
  const where = to.dataset.pile ? { put: to.dataset.pile } : { do: "out" };
  const answer = taken.ok ? await send({ ...where, ...pick }) : taken;
  if (answer.ok) say("");
  else sayOf(answer);
  // Where it really is, the server has told by then, unless nothing came of it.
  if (!answer.ok && card.isConnected) back();
}

/* What else is chosen on the page stays chosen: only the card in the hand is moved. */
function send(wish) {
  const fields = fieldsOf({ name: "", value: "" });
  for (const name of Object.keys(fields)) if (!["activity", "rev"].includes(name)) delete fields[name];
  return ask(document.getElementById("act").action, { ...fields, ...wish });
}
