/* Tells a screen reader politely what has come, once for several that come together. The container
   carries the words: data-new-one="1 ny kommentar" data-new-many="%n nye kommentarer". */

const GROUP_MS = 2500;
const counts = new Map();
let timer = null;

/** Count something new in a container; it is said after a moment. */
export function announceNew(container) {
  // What comes in a list inside another is told of in the words of the outer one.
  const teller = container.closest("[data-new-one]");
  if (!teller) return;
  counts.set(teller, (counts.get(teller) ?? 0) + 1);
  timer ??= setTimeout(say, GROUP_MS);
}

/** Say one sentence. */
export function announce(text) {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = text;
}

function say() {
  timer = null;
  const words = [...counts].map(([{ dataset }, number]) =>
    number === 1 ? dataset.newOne : dataset.newMany.replace("%n", number),
  );
  counts.clear();
  announce(words.join(". "));
}
