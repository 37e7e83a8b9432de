/* A workshop's plan. All of it works without this file: steps are moved by buttons, and minutes are saved
   by one. Here steps are also dragged, moved with the arrow keys, the times follow what one types, and a
   step's settings follow its kind. */
import { takeMinutes } from "./lib/plan/minutes.js";
import { takeMoves } from "./lib/plan/moves.js";
import { followKind } from "./lib/plan/settings.js";

followKind();
if (document.getElementById("build")) {
  takeMinutes();
  takeMoves();
}
