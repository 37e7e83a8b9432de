/* Applies operations to the page by element id. The HTML comes from the server's own partials; values
   are text put into elements that already exist. Applying one twice does no harm. */
import { announceNew } from "./announce.js";
import { markArrived } from "./arrived.js";
import { takeAway } from "./gone.js";
import { held, hold } from "./hold.js";
import { put, stays } from "./place.js";
import { sort } from "./sort.js";
import { keepFocus, swap } from "./swap.js";

const ways = { append, replace, remove, set, sort, press, waiting, refresh };

/** Apply a batch's operations in order. */
export function apply(ops) {
  for (const op of ops) ways[op.op]?.(op);
}

function element(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  // What is told to everybody but the one who did it.
  for (const part of template.content.querySelectorAll("[data-not-for]")) if (isMe(part.dataset.notFor)) part.remove();
  return template.content.firstElementChild;
}

function isMe(person) {
  return Boolean(person) && person === document.documentElement.dataset.me;
}

function append(op) {
  const fresh = element(op.html);
  if (!fresh) return;
  const old = document.getElementById(op.target) ?? held(op.target);
  if (old && op.moves && !stays(old, fresh, op.into)) {
    const focusAgain = keepFocus(old);
    old.remove();
    place(op, fresh);
    focusAgain(fresh);
    return;
  }
  if (old) {
    // What is told once and changes by other events stays: somebody may be answering in it.
    if (!op.once) swap(old, fresh);
    return;
  }
  place(op, fresh);
}

function place(op, fresh) {
  const container = document.getElementById(op.into);
  if (!container) return;
  const where = op.place ?? container.dataset.insert;
  const author = fresh.dataset.author ?? fresh.querySelector("[data-author]")?.dataset.author;
  const mine = isMe(author);
  if (!mine && hold(container, fresh, where === "first")) return;
  put(container, fresh, where);
  container.closest("[data-empty]")?.removeAttribute("data-empty");
  if (mine) return;
  markArrived(fresh);
  announceNew(container);
}

function replace(op) {
  const old = document.getElementById(op.target) ?? held(op.target);
  if (!old) return;
  // What somebody is typing in is never taken from under their hands.
  const typing = old.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  if (typing && !op.force) return;
  swap(old, element(op.html));
}

function remove(op) {
  const old = document.getElementById(op.target);
  if (old) takeAway(old);
  else held(op.target)?.remove();
}

function set(op) {
  for (const place of document.querySelectorAll(`[data-live="${CSS.escape(op.target)}"]`)) {
    if (place.textContent !== op.value) place.textContent = op.value;
  }
}

/** One's own state, in every control that shows it. */
function press(op) {
  for (const control of document.querySelectorAll(`[data-press="${CSS.escape(op.target)}"]`)) {
    control.dispatchEvent(new CustomEvent("live:press", { bubbles: true, detail: op.value === "yes" }));
  }
}

/** Something new that belongs in a list, but is not put there before the reader asks. */
function waiting(op) {
  for (const pill of document.querySelectorAll(`[data-waiting="${CSS.escape(op.target)}"]`)) {
    if (!belongs(pill, op.tags ?? [])) continue;
    const seen = new Set(pill.dataset.seen?.split(" ").filter(Boolean));
    seen.add(op.value);
    pill.dataset.seen = [...seen].join(" ");
    const text = seen.size === 1 ? pill.dataset.one : pill.dataset.many.replace("%n", seen.size);
    pill.querySelector("[data-text]").textContent = text;
    pill.hidden = false;
  }
}

/** Whether something with these tags is what the list asks for: one alternative of each group. */
function belongs(pill, tags) {
  const groups = pill.dataset.fits?.split(" ").filter(Boolean) ?? [];
  return groups.every((group) => group.split(",").some((tag) => tags.includes(tag)));
}

/** The page as a whole is out of date: read it anew, unless that would lose something typed. */
function refresh() {
  const typed = [...document.querySelectorAll("main textarea, main input[type=text]")].some(
    (field) => field.value !== field.defaultValue,
  );
  if (!typed) location.reload();
  else document.querySelector("[data-refresh]")?.removeAttribute("hidden");
}
