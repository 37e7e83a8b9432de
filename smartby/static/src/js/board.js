/* The board. All of it works without this file: choices are buttons and links of their own. Here a
   choice is sent without leaving the page, cards can be dragged on big screens, and keys help. */
import { dragCards } from "./lib/board/drag.js";
import { helpKeys } from "./lib/board/keys.js";
import { loadMore } from "./lib/board/more.js";
import { takeChoices } from "./lib/board/moves.js";
import { fadeNews } from "./lib/board/news.js";

takeChoices();
dragCards();
helpKeys();
loadMore();
fadeNews();

// A box that narrows the view acts at once; the button beside it is for those without script.
document.querySelector("[data-boardfilter]")?.addEventListener("change", ({ target, currentTarget }) => {
  if (target.type === "checkbox") currentTarget.requestSubmit();
});
