/* Which questions one has voted on stands in what is one's own; here the buttons say it too, and take
   a vote back when pressed again. Without this file there is a button for that in one's own list. */
import { onInsert } from "../inserted.js";

/** Keep the buttons as one's own votes are. */
export function showVotes() {
  onInsert(() => {
    const own = document.querySelector("[data-up]")?.dataset;
    if (!own) return;
    const voted = { up: new Set(own.up.split(" ")), down: new Set(own.down.split(" ")) };
    const asked = new Set(own.asked.split(" "));
    for (const button of document.querySelectorAll("[data-vote]")) {
      const pressed = voted[button.dataset.vote].has(button.value);
      button.setAttribute("aria-pressed", String(pressed));
      button.name = pressed ? "unvote" : button.dataset.vote;
      // One's own question is for the others to judge.
      button.toggleAttribute("data-own", asked.has(button.value));
    }
  });
}
