/* What resembles the text, beside the text, while it is written; and the principles that it points to. */
import { afterPause, fill } from "./fragment.js";
import { followSuggestions } from "./suggest.js";

const PAUSE_MS = 350;
const LEAST = 10;
const TOO_FAST = 429; // said in place; what is written stays as it is

/** Look again whenever the writer pauses. */
export function showSimilar(form) {
  const place = document.querySelector("[data-similar]");
  if (!place) return;
  const suggest = followSuggestions(form);
  let asked = "";
  let running;
  const look = async () => {
    const typed = typedIn(form);
    if (!typed || typed === asked) return;
    asked = typed;
    running?.abort();
    running = new AbortController();
    const answer = await read(place.dataset.similar, form, typed, running.signal);
    if (!answer?.ok) asked = "";
    if (!answer) return;
    fill(place, answer.html);
    if (answer.ok) suggest(place);
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

function typedIn(form) {
  const { title, body, lang } = form.elements;
  if (title.value.length + body.value.length < LEAST) return "";
  const fields = { lang: lang.value, title: title.value.slice(0, 120), text: body.value.slice(0, 2_000) };
  return new URLSearchParams(fields).toString();
}

// Posted: what nobody has sent yet belongs in no address and no log.
async function read(address, form, typed, signal) {
  const body = new URLSearchParams(typed);
  body.set("csrf_token", form.elements.csrf_token.value);
  try {
    const response = await fetch(address, { method: "POST", body, signal });
    if (!response.ok && response.status !== TOO_FAST) return null;
    return { ok: response.ok, html: await response.text() };
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
