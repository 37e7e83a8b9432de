/* Says how long ago something happened, in the page's own words: few browsers know nynorsk, and
   would speak the reader's language instead. Without script the date that the server wrote stands
   there, which is right too. */
import { allIn } from "./inserted.js";

const DAYS = 7;
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Put words like "for 4 minutter siden" into each <time data-relative> younger than a week. */
export function tellTimes(root) {
  const said = document.getElementById("ago")?.dataset;
  if (!said) return;
  for (const element of allIn(root, "time[data-relative]")) tell(element, said);
}

function tell(element, said) {
  const seconds = Math.round((Date.now() - Date.parse(element.dateTime)) / 1000);
  if (Number.isNaN(seconds) || seconds >= DAYS * 86_400) return;
  // The date goes into the title once, so that the exact time is never lost.
  element.title ||= element.textContent.trim();
  element.textContent = words(seconds, said);
}

function words(seconds, said) {
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? [];
  if (!unit) return said.now;
  const count = Math.trunc(seconds / length);
  return count === 1 ? said[unit] : said[`${unit}s`].replace("%n", count);
}

setInterval(() => tellTimes(document.body), 30_000);
