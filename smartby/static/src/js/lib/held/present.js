/* How many are on line just now: told in passing once a second, shown wherever there is room for it. */
import { allIn, onInsert } from "../inserted.js";

let last;

/** Show the newest count, also in what is drawn anew. */
export function showPresence() {
  document.addEventListener("live:totals", ({ detail }) => {
    if (detail.present === undefined) return;
    last = detail.present;
    show(document.body);
  });
  onInsert(show);
}

function show(root) {
  if (last === undefined) return;
  for (const place of allIn(root, "[data-present]")) {
    place.querySelector("[data-count]").textContent = last;
    place.hidden = false;
  }
}
