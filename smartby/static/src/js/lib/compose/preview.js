/* Shows how the text will look, in place; without an answer the page does it. */
import { fill } from "./fragment.js";

/** Take over the button that asks for a preview. */
export function showPreview(form) {
  const button = form.querySelector("[data-look]");
  const place = document.getElementById("preview");
  if (!button || !place) return;
  form.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    event.preventDefault();
    look(form, place).catch(() => {});
  });
}

async function look(form, place) {
  const fields = new FormData(form);
  fields.set("part", "1");
  const response = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(fields) });
  if (!response.ok && response.status !== 429) return; // too fast: that is said in place
  fill(place, await response.text());
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}
