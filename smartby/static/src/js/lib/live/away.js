/* Tells that the one this page was drawn for is not signed in here any more, with the way back. What only those may see
   who lead a workshop is taken off the screen; what was typed stays in the page. */
import { explain } from "../refusal.js";

/** Say it, once. */
export function tellSignedOut() {
  const told = document.getElementById("away");
  if (!told?.hidden) return;
  explain(told.firstElementChild, { message: told.dataset.said, status: 401 });
  told.hidden = false;
  const led = document.querySelector("[data-console]");
  if (!led) return;
  const inside = led.contains(document.activeElement);
  led.hidden = true;
  if (inside) document.getElementById("main").focus();
}
