/* Says politely to those who hear the page what eyes see at once: that another activity is on, that it
   is locked. The focus stays where it is. */
import { allIn, onInsert } from "../inserted.js";
import { announce } from "../live/announce.js";

const last = new Map(); // id of what carries the words → the words

/** Say what changes from now on. */
export function tellWhatIsOn() {
  let listening = false;
  onInsert((root) => {
    const changed = allIn(root, "[data-say]").filter(({ id, dataset }) => {
      const known = last.get(id) === dataset.say;
      last.set(id, dataset.say);
      return !known;
    });
    // Another activity comes with a clock of its own: the first of them says it all.
    if (listening && changed.length) announce(changed[0].dataset.say);
  });
  listening = true;
}
