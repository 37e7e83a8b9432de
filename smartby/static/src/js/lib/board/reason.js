/* Asks for the public reason that a move requires, in a dialog; without script a page does. */
import { explain } from "../refusal.js";

const dialog = () => document.getElementById("reason");
let settle = null; // ends the question that is open

/** Show the dialog; `send(reason)` answers {ok, message}. Resolves to whether the card was moved. */
export function askReason(card, choice, send) {
  settle?.();
  const box = dialog();
  const form = box.querySelector("form");
  const title = box.querySelector("[data-words]");
  const stage = document.querySelector(`[data-lane="${choice.dataset.to}"]`)?.dataset.name ?? "";
  title.textContent = title.dataset.words.replace("%t", card.dataset.title).replace("%s", stage);
  if (form.dataset.for !== card.id) form.reset();
  form.dataset.for = card.id;
  tell(form, { message: "" });
  box.showModal();
  form.elements.reason.focus();
  return new Promise((done) => {
    let moved = false;
    settle = () => {
      settle = null;
      done(moved);
    };
    form.onsubmit = async (event) => {
      event.preventDefault();
      const answer = await send(form.elements.reason.value);
      moved = answer.ok;
      if (!moved) {
        tell(form, answer);
        return;
      }
      form.reset();
      box.close();
    };
    form.querySelector("[data-cancel]").onclick = () => box.close();
    // The event comes later than the closing: the dialog may be open again for another question.
    box.onclose = () => box.open || settle?.();
  });
}

function tell(form, answer) {
  const note = form.querySelector(".sb-refused");
  note.hidden = answer.message === "";
  explain(note.querySelector("span"), answer);
  form.elements.reason.toggleAttribute("aria-invalid", answer.message !== "");
}
