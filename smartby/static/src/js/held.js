/* Where a workshop is held. All of it works without this file: buttons are a form's. Here presses are
   sent without leaving the page, clocks tick, and what is written while the net is away waits. */
import { tickClocks } from "./lib/held/clock.js";
import { takeOrders } from "./lib/held/console.js";
import { keepDrafts } from "./lib/held/drafts.js";
import { showPresence } from "./lib/held/present.js";
import { takeDeeds } from "./lib/held/deeds.js";
import { sendLines } from "./lib/held/fields.js";
import { tellWhatIsOn } from "./lib/held/told.js";
import { showVotes } from "./lib/held/votes.js";

tickClocks();
sendLines();
showPresence();
if (document.querySelector("[data-console]")) takeOrders();
if (document.querySelector("[data-room]")) {
  keepDrafts();
  takeDeeds();
  tellWhatIsOn();
  showVotes();
}
// Only where one can drag is the code for it fetched.
if (document.getElementById("act") && matchMedia("(min-width: 60rem) and (pointer: fine)").matches) {
  import("./lib/held/drag.js").then(({ dragCards }) => dragCards());
}
