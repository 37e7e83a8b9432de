/* The participant's page: a press is sent in the background; without a net it waits and is sent once
   when the net is back. What belongs to an activity that is over comes back to whoever wrote it. */
import { ask, forgive, newKey, refuse } from "../ask.js";
import { allIn, onInsert } from "../inserted.js";
import { announce } from "../live/announce.js";
import { focusNext } from "../live/swap.js";
import { streams } from "../live/tab.js";
import { drawn, fieldsOf, say, sayOf } from "./fields.js";
import { bringBack, forget } from "./drafts.js";
import { queueOf } from "./queue.js";

const AGAIN_MS = 3000;
const TOO_FAST = 429;
const SPREAD_MS = 800;

let queue;
let flushing = false;

/** Take over the presses of the participant's buttons. */
export function takeDeeds() {
  queue = queueOf(location.pathname);
  document.addEventListener("click", pressed);
  document.addEventListener("live:back", flush);
  window.addEventListener("online", flush);
  // A step that is shown again has what was one's own there before.
  new MutationObserver(fetchOwn).observe(document.querySelector("[data-room]"), { childList: true });
  // A ballot is drawn as it is while nobody can vote, and as it was when one can again.
  document.addEventListener("held:shut", followLock);
  onInsert((root) => allIn(root, ".sb-clockbox").length && followLock());
  showUnsent();
  flush();
}

function followLock() {
  const [box, ballot] = [".sb-clockbox", ".sb-own[data-takes]"].map((part) => document.querySelector(`[data-room] ${part}`));
  if (box && ballot && box.dataset.takes !== ballot.dataset.takes) askAgain(ballot.closest(".sb-stage"));
}

async function pressed(event) {
  const button = event.target.closest('button[form="act"]');
  if (!button) return;
  event.preventDefault();
  if (button.hasAttribute("aria-disabled")) return;
  forgive(button);
  const fields = { ...fieldsOf(button), key: newKey() };
  const field = fieldWith(button);
  if (field && !field.value.trim()) {
    field.focus();
    return;
  }
  const count = document.getElementById(field?.dataset.counter);
  if (count?.dataset.state === "over") {
    refuse(button, { message: count.textContent });
    field.focus();
    return;
  }
  const written = field?.value ?? "";
  // What is new leaves the field at once; what is changed stays until the answer is there.
  const fresh = Boolean(field?.dataset.draft);
  if (fresh) clear(field);
  if (!navigator.onLine) {
    wait(fields, field, written, button);
    return;
  }
  // A field that has been emptied sends nothing twice, and the next thought need not wait.
  if (!fresh) button.setAttribute("aria-disabled", "true");
  const answer = await ask(address(), fields, () => announce(document.getElementById("connection").textContent.trim()));
  button.removeAttribute("aria-disabled");
  if (answer.ok) {
    done(answer);
  } else if (answer.status === 0) {
    wait(fields, field, written, button);
  } else {
    giveBack(field, written);
    refuse(button, answer);
  }
}

/** Keep it until the net is back; what there is no room for stays where it was typed. */
function wait(fields, field, written, button) {
  if (!queue.add(fields)) {
    giveBack(field, written);
    refuse(button);
    return;
  }
  announce(document.getElementById("connection").textContent.trim());
  showUnsent();
  setTimeout(flush, AGAIN_MS);
}

function fieldWith(button) {
  const place = button.closest("[data-writing]") ?? button.parentElement;
  return place.querySelector("textarea[form='act'], input[type='text'][form='act']");
}

/** What was not taken stands in its field again, unless the next thought does. */
function giveBack(field, written) {
  if (!field || field.value) return;
  field.value = written;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function clear(field) {
  field.value = "";
  forget(field.dataset.draft);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function done(answer) {
  say("");
  // Two answers may come in the other order: what the page has heard of already is newer.
  const late = answer.at < (streams.get(answer.stream) ?? 0);
  if (!late) Object.values(answer.parts ?? {}).forEach(putOwn);
  showUnsent();
}

/** Draw what is one's own anew; the field keeps the focus and what is being typed. */
function putOwn(html) {
  const fresh = drawn(html);
  const old = fresh && document.getElementById(fresh.id);
  if (!old) return;
  const typing = document.activeElement;
  const kept = old.contains(typing) ? { id: typing.id, value: typing.value } : null;
  old.replaceWith(fresh);
  const again = kept && document.getElementById(kept.id);
  if (!again) {
    if (kept) focusNext(fresh);
    return;
  }
  // A card that was changed closes; its summary has the focus then.
  if (again.closest("details:not([open])")) {
    again.closest("details").querySelector("summary").focus({ preventScroll: true });
    return;
  }
  if (kept.value !== undefined && again.matches("textarea, input[type='text']")) again.value = kept.value;
  again.focus({ preventScroll: true });
}

async function flush() {
  if (flushing) return;
  flushing = true;
  try {
    for (const { fields } of queue.all()) {
      const answer = await ask(address(), fields);
      if (answer.status === 0 || answer.status === TOO_FAST) {
        setTimeout(flush, AGAIN_MS);
        return;
      }
      queue.drop(fields.key);
      if (answer.ok) done(answer);
      else if (fields.body) bringBack(fields.body);
      else sayOf(answer);
    }
  } finally {
    flushing = false;
    showUnsent();
  }
}

function showUnsent() {
  document.querySelectorAll("[data-unsent]").forEach((note) => note.remove());
  const list = document.querySelector("[data-mine]");
  if (!list) return;
  for (const { fields } of queue.all()) {
    if (!fields.body) continue;
    const note = document.getElementById("unsent").content.firstElementChild.cloneNode(true);
    note.dataset.unsent = fields.key;
    note.querySelector("[data-body]").textContent = fields.body;
    list.prepend(note);
  }
}

async function fetchOwn() {
  const stage = document.querySelector("[data-again]");
  if (!stage) return;
  stage.removeAttribute("data-again");
  const own = document.querySelector("[data-room]").dataset.own;
  if (!own) return;
  // A whole hall is told at the same moment.
  await new Promise((done) => setTimeout(done, Math.random() * SPREAD_MS));
  const answer = await fetch(own, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) done(await answer.json());
  else if (stage.isConnected) setTimeout(() => askAgain(stage), AGAIN_MS);
}

function askAgain(stage) {
  stage.setAttribute("data-again", "");
  fetchOwn();
}

function address() {
  return document.getElementById("act").action;
}
