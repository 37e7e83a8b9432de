/* A workshop's plan. All of it works without this file: steps are moved by buttons, and minutes are saved
   by one. Here steps are also dragged, moved with the arrow keys, and the times follow what one types. */
import { takeMinutes } from "./lib/plan/minutes.js";
import { takeMoves } from "./lib/plan/moves.js";

if (document.getElementById("build")) {
  takeMinutes();
  takeMoves();
}
