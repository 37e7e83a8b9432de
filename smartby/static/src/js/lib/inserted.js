/* Runs a function on the page, and on everything that is put into it later. Fragments come by
   socket and by fetch; whoever inserts them need not know what must be done with them. */

/** Call `work(root)` now with the document, then with each element that is inserted. */
export function onInsert(work) {
  work(document.body);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE) work(node);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
}

/** All elements in `root` that match, and `root` itself if it does. */
export function allIn(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root.matches(selector) ? [root, ...inside] : inside;
}
