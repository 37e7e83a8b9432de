/* Fetches the rest of a lane into the lane itself; without script the link leads to a page. */
import { put } from "../live/place.js";

/** Listen for "show more" under the lanes. */
export function loadMore() {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-more]");
    const lane = link?.closest(".sb-lane")?.querySelector("[data-lane]");
    if (!lane || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.ariaBusy === "true") return;
    link.ariaBusy = "true";
    try {
      await extend(lane, link);
    } catch {
      location.assign(link.href);
    }
  });
}

async function extend(lane, link) {
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = [...page.querySelectorAll("[data-page] > .sb-bcard")];
  const unseen = fresh.filter(({ id }) => !document.getElementById(id));
  // A card that came live may stand further down than these.
  for (const card of unseen) put(lane, card, "ordered");
  const further = page.querySelector("[data-more]");
  if (further) link.replaceWith(further);
  else link.remove();
  unseen[0]?.querySelector("a")?.focus();
}
