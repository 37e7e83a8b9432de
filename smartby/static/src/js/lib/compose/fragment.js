/* HTML that the server has made, put into the page as it came. */

/** Replace what is in an element by a fragment. */
export function fill(place, html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  place.replaceChildren(...[...body.childNodes].map((node) => document.adoptNode(node)));
}

/** Call `work` when nothing has been asked for `ms` milliseconds. */
export function afterPause(ms, work) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
}
