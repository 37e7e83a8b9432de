/* What resembles the text, beside the text, while it is written; and the principles that it points to. */
import { afterPause, fill } from "./fragment.js";
import { followSuggestions } from "./suggest.js";

const PAUSE_MS = 350;
const LEAST = 10;
const LONGEST = 4_000; // of the address: servers refuse longer ones

/** Look again whenever the writer pauses. */
export function showSimilar(form) {
  const place = document.querySelector("[data-similar]");
  if (!place) return;
  const suggest = followSuggestions(form);
  let asked = "";
  let running;
  const look = async () => {
    const address = addressOf(form, place);
    if (!address || address === asked) return;
    asked = address;
    running?.abort();
    running = new AbortController();
    const html = await read(address, running.signal);
    if (html === null) {
      asked = "";
      return;
    }
    fill(place, html);
    suggest(place);
    tell(place);
  };
  const soon = afterPause(PAUSE_MS, look);
  form.addEventListener("input", ({ target }) => {
    if (["title", "body", "question"].includes(target.name)) soon();
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.id === "there") carry(form, target);
  }, { capture: true });
  look();
}

function addressOf(form, place) {
  const { title, body, lang } = form.elements;
  if (title.value.length + body.value.length < LEAST) return "";
  const query = new URLSearchParams({ lang: lang.value, title: title.value.slice(0, 120) });
  let text = body.value.slice(0, 2_000);
  query.set("text", text);
  while (query.toString().length > LONGEST) {
    text = text.slice(0, Math.floor(text.length * 0.8));
    query.set("text", text);
  }
  return `${place.dataset.similar}?${query}`;
}

async function read(address, signal) {
  try {
    const response = await fetch(address, { signal });
    return response.ok ? await response.text() : null;
  } catch {
    return null; // typed on, or offline: the next pause asks again
  }
}

function tell(place) {
  const said = place.querySelector("[data-said]")?.textContent ?? "";
  const voice = document.getElementById("announcer");
  if (said && voice && said !== tell.last) voice.textContent = said;
  tell.last = said;
}

function carry(form, there) {
  there.elements.title.value = form.elements.title.value;
  there.elements.body.value = form.elements.body.value;
}
