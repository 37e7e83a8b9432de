/* Asks for the public reason that a move requires, in a dialog; without script a page does. */

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
  tell(form, "");
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
        tell(form, answer.message);
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

function tell(form, message) {
  const note = form.querySelector(".sb-refused");
  note.hidden = message === "";
  note.querySelector("span").textContent = message;
  form.elements.reason.toggleAttribute("aria-invalid", message !== "");
}
