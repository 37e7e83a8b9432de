/* The forms for a new idea or challenge. All of it works without this file: here the draft is kept as one
   types, what resembles it appears beside it, principles are suggested, and the preview opens in place. */
import { keepDraft } from "./lib/compose/draft.js";
import { showPreview } from "./lib/compose/preview.js";
import { showSimilar } from "./lib/compose/similar.js";
import { takePresses } from "./lib/press.js";

const form = document.querySelector("form[data-writing]");
if (form) {
  // A button that only the server's page needs would also be pressed by Enter in a field.
  for (const part of document.querySelectorAll("[data-without-script]")) part.remove();
  showSimilar(form);
  keepDraft(form);
  showPreview(form);
  // The page's own script has done it when there is something to support already.
  if (!document.querySelector("[data-press]")) takePresses();
}
