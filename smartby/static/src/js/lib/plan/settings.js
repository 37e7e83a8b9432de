/* When another kind is chosen, what can be set in it follows; what is typed stays as far as it fits. */
import { announce } from "../live/announce.js";

/** Listen for another choice, and for the button that asks without script. */
export function followKind() {
  for (const form of document.querySelectorAll("form[data-steps]")) {
    form.elements.kind.addEventListener("change", () => look(form));
    form.addEventListener("click", (event) => {
      if (!event.target.closest("button[name=look]")) return;
      event.preventDefault();
      look(form);
    });
  }
}

async function look(form) {
  const asked = form.elements.kind.value;
  const sent = new URLSearchParams(new FormData(form));
  sent.set("look", "yes");
  const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: sent }).catch(() => null);
  // Whoever has chosen again meanwhile waits for that answer.
  if (!answer?.ok || form.elements.kind.value !== asked) return;
  const template = document.createElement("template");
  template.innerHTML = (await answer.json()).html;
  document.getElementById("settings").replaceWith(template.content);
  announce(document.querySelector("#settings h3")?.textContent ?? "");
}
