/* Numbers as the page's language writes them. Few browsers know nynorsk, and would write them as
   the reader's own language does: bokmål writes them alike, so it stands behind. */
const language = document.documentElement.lang || "nb";

export const number = new Intl.NumberFormat([language === "en" ? "en-GB" : language, "nb"]);
