/* What the page's own presses must know of what it follows: which tab this is to the server, and up
   to which number of each stream the page is right. */
export const streams = new Map();
export const tab = { id: "" };
