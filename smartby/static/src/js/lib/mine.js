/* Shows authors their own controls. A fragment is rendered once for all readers, so it cannot know
   who reads it; the page does, in <html data-me>. Cosmetic only: the server checks again. */
import { allIn } from "./inserted.js";

/** Mark what the reader wrote, and the controls in it that only its author may use. */
export function markMine(root) {
  const me = document.documentElement.dataset.me;
  if (!me) return;
  for (const element of allIn(root, "[data-author]")) {
    element.toggleAttribute("data-mine", element.dataset.author === me);
  }
  for (const control of allIn(root, '[data-only-for~="author"]')) {
    // The nearest author decides: somebody else's reply lies inside my comment.
    const owner = control.closest("[data-author]");
    control.toggleAttribute("data-mine", owner?.dataset.author === me);
  }
}
