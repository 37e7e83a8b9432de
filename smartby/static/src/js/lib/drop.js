/* Where something that is dragged may be let go: anywhere. A browser that thinks nobody wants it lets it fly back to
   where it came from before the page can put it where it was meant; whether it may lie there, the page judges. */
import Sortable from "sortablejs";

/** Take whatever our lists let one drag, wherever it is dropped. */
export function acceptDrops() {
  for (const type of ["dragover", "drop"]) {
    document.addEventListener(type, (event) => Sortable.dragged && event.preventDefault());
  }
}
