/* The console, and the page of those who help: an order is sent with the state that was seen; the answer is the page as it is now,
   also when somebody else was first. While one is under way another one may wait; each press is done once, or it is
   said that it was not. Nobody means to press twice who holds a key down, nor to go past an activity nobody has seen:
   where another one is on, what leads on and back takes no press for a moment. */
import { ask } from "../ask.js";
import { onInsert } from "../inserted.js";
import { announce } from "../live/announce.js";
import { swap } from "../live/swap.js";
import { drawn, fieldsOf, say, sayOf } from "./fields.js";

const SETTLE_MS = 1000; // from the last press, however often one presses
const STEPS = ["next", "back"];

let sent = null; // the order that is under way: { button, name, fields, activity }
let waiting = null; // the one that follows it
let settling = null; // until what leads on takes presses again

/** Take over the presses of the console's buttons. */
export function takeOrders() {
  showBeginning();
  onInsert(showBusy);
  document.addEventListener("keydown", pressOnce);
  document.addEventListener("click", (event) => {
    const button = event.target.closest('button[form="act"]');
    if (!button) return;
    event.preventDefault();
    take(orderOf(button));
  });
}

/** A key that is held down presses once, also where another button has come under it. */
function pressOnce(event) {
  if (event.repeat && event.key === "Enter" && event.target.closest('button[form="act"], .sb-drive a')) event.preventDefault();
}

function take(order) {
  if (settling && isStep(order)) {
    settle();
    tell("left", order);
  } else if (!sent) {
    send(order);
  } else if ([sent, waiting].some((one) => one && isSame(one, order))) {
    tell("sending", order);
  } else if (waiting) {
    tell("left", order);
  } else {
    waiting = order;
    showBusy();
    tell("after", order);
  }
}

async function send(order) {
  sent = order;
  showBusy();
  const answer = await ask(document.getElementById("act").action, order.fields);
  const next = waiting;
  calm();
  sayOf(answer);
  const fresh = answer.html && drawn(answer.html);
  const old = fresh && document.getElementById(fresh.id);
  if (old) swap(old, fresh);
  if (next) goOn(next, answer, fresh);
}

/** Send what waits, as after what was done now: nothing of another activity, nothing that is gone from the page. */
function goOn(next, answer, fresh) {
  const stands = fresh && [...fresh.querySelectorAll('button[form="act"]')].some((button) => isSame(orderOf(button), next));
  if (!answer.ok || !stands || activityOf(fresh) !== next.activity) {
    tell("undone", next, answer.message ?? "");
    return;
  }
  // Whoever was faster than that is told of, as always.
  if (fresh.dataset.rev) next.fields.rev = fresh.dataset.rev;
  send(next);
}

function calm() {
  for (const order of [sent, waiting]) if (order) mark(order, null);
  sent = waiting = null;
  showBusy();
}

/** Another activity is on: let what leads on and back rest for a moment. */
function settle() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    settling = null;
    markSteps(null);
    showBusy();
  }, SETTLE_MS);
  markSteps("settling");
}

function isStep(order) {
  return order.name === "do" && STEPS.includes(order.value);
}

function markSteps(state) {
  for (const value of STEPS) mark({ name: "do", value }, state);
}

function orderOf(button) {
  // What is chosen and typed now is what was meant, whatever is drawn anew meanwhile.
  return { name: button.name, value: button.value, words: wordsOf(button), fields: fieldsOf(button), activity: activityOf(document) };
}

function isSame(one, other) {
  return one.name === other.name && one.value === other.value;
}

function activityOf(root) {
  return root.querySelector(".sb-host")?.dataset.activity;
}

function wordsOf(button) {
  // It is said within quotation marks: its own are the single ones.
  return button.textContent.replace(/\s+/g, " ").trim().replaceAll("«", "‘").replaceAll("»", "’");
}

/** Show which button was pressed, and which one waits, also where the page was drawn anew. */
function showBusy() {
  if (settling) markSteps("settling");
  if (waiting) mark(waiting, "waiting");
  if (sent) mark(sent, "sending");
}

function mark(order, state) {
  for (const button of document.querySelectorAll(`button[form="act"][name="${CSS.escape(order.name)}"]`)) {
    if (button.value !== order.value) continue;
    button.toggleAttribute("data-busy", Boolean(state));
    if (state) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    if (state) button.dataset.busy = state;
  }
}

/** Say politely what becomes of a press that is not sent at once. */
function tell(what, order, before = "") {
  const words = document.getElementById("said")?.dataset[what] ?? "";
  say(`${before} ${words.replace("%s", order.words)}`.trim());
}

/** Another activity is read from its beginning, however long the one before it was; what was left open there is said. */
function showBeginning() {
  let on;
  onInsert((root) => {
    const host = root.querySelector(".sb-host");
    if (!host) return;
    if (on !== undefined && host.dataset.activity !== on) {
      settle();
      announce(host.querySelector("[data-told]")?.textContent ?? "");
      if (host.getBoundingClientRect().top < 0) host.scrollIntoView({ behavior: "instant", block: "start" });
    }
    on = host.dataset.activity;
  });
}
