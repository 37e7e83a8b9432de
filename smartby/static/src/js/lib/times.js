/* Says how long ago something happened, in the language of the page. Without script the date that
   the server wrote stands there, which is right too. */
import { allIn } from "./inserted.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const language = document.documentElement.lang || "nb";
const distance = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** Put words like "for 4 minutter siden" into each <time data-relative> younger than a week. */
export function tellTimes(root) {
  for (const element of allIn(root, "time[data-relative]")) tell(element);
}

function tell(element) {
  const seconds = Math.round((Date.parse(element.dateTime) - Date.now()) / 1000);
  if (Number.isNaN(seconds) || Math.abs(seconds) >= 7 * DAY) return;
  // The date goes into the title once, so that the exact time is never lost.
  element.title ||= element.textContent.trim();
  element.textContent = words(seconds);
}

function words(seconds) {
  const size = Math.abs(seconds);
  if (size < MINUTE) return distance.format(0, "second");
  if (size < HOUR) return distance.format(Math.trunc(seconds / MINUTE), "minute");
  if (size < DAY) return distance.format(Math.trunc(seconds / HOUR), "hour");
  return distance.format(Math.trunc(seconds / DAY), "day");
}

setInterval(() => tellTimes(document.body), 30_000);
