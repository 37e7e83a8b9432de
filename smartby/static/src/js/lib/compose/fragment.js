/* HTML that the server has made, put into the page as it came. */

/** Replace what is in an element by a fragment. */
export function fill(place, html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  place.replaceChildren(...[...body.childNodes].map((node) => document.adoptNode(node)));
}

/** Return what calls `work` when it has not been called for `ms` milliseconds; its `cancel` lets it be. */
export function afterPause(ms, work) {
  let timer;
  const soon = () => {
    soon.cancel();
    timer = setTimeout(work, ms);
  };
  soon.cancel = () => clearTimeout(timer);
  return soon;
}
