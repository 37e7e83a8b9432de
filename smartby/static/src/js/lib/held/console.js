/* The console, and the page of those who help: an order is sent with the state that was seen; the answer is the page as it is now,
   also when somebody else was first. */
import { ask } from "../ask.js";
import { onInsert } from "../inserted.js";
import { swap } from "../live/swap.js";
import { drawn, fieldsOf, sayOf } from "./fields.js";

/** Take over the presses of the console's buttons. */
export function takeOrders() {
  let busy = false;
  showBeginning();
  document.addEventListener("click", async (event) => {
    const button = event.target.closest('button[form="act"]');
    if (!button) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    try {
      const answer = await ask(document.getElementById("act").action, fieldsOf(button));
      sayOf(answer);
      const fresh = answer.html && drawn(answer.html);
      const old = fresh && document.getElementById(fresh.id);
      if (old) swap(old, fresh);
      else button.removeAttribute("aria-disabled");
    } finally {
      busy = false;
    }
  });
}

/** Another activity is read from its beginning, however long the one before it was. */
function showBeginning() {
  let on;
  onInsert((root) => {
    const host = root.querySelector(".sb-host");
    if (!host) return;
    if (on !== undefined && host.dataset.activity !== on && host.getBoundingClientRect().top < 0) {
      host.scrollIntoView({ behavior: "instant", block: "start" });
    }
    on = host.dataset.activity;
  });
}
