/* Takes away what may no longer be done: a comment can be changed for fifteen minutes. */
import { allIn, onInsert } from "../inserted.js";

const LOOK_MS = 15_000;

/** Remove each control when its time is out. */
export function closeWindows() {
  onInsert(sweep);
  setInterval(() => sweep(document.body), LOOK_MS);
}

function sweep(root) {
  for (const control of allIn(root, "[data-until]")) {
    if (Date.parse(control.dataset.until) <= Date.now()) control.remove();
  }
}
