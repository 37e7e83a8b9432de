/* Moving a card, and taking it on: sends the choice, applies what the server answers, keeps the focus on the card, and
   says beside it why something was refused. */
import { apply } from "../live/apply.js";
import { announce } from "../live/announce.js";
import { explain } from "../refusal.js";
import { askReason } from "./reason.js";

/** Listen for the choices in the cards' menus, and for whoever takes a card on. */
export function takeChoices() {
  document.addEventListener("click", (event) => {
    const choice = event.target.closest(".sb-bcard :is([data-to], [data-own])");
    if (!choice || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const card = choice.closest(".sb-bcard");
    if (choice.hasAttribute("data-own")) takeCard(card, choice);
    else moveCard(card, choice);
  });
}

/** Send a card where a choice of its menu leads; return whether it was moved. */
export async function moveCard(card, choice) {
  const wish = { to: choice.dataset.to, seen: card.dataset.stage, key: newKey() };
  if (choice.hasAttribute("data-reason")) {
    const moved = await askReason(card, choice, (reason) => send(card, { ...wish, reason }));
    // The closed dialog gives the focus back to what opened it, which is gone if the card was drawn anew.
    if (moved) focusCard(card.id);
    else if (!choice.isConnected) focusChoice(card.id, choice.dataset.to);
    return moved;
  }
  const answer = await send(card, wish);
  if (!answer.ok) refuse(card.id, answer);
  return answer.ok;
}

async function takeCard(card, button) {
  const answer = await send(card, { owner: button.value, key: newKey() }, button.formAction);
  if (!answer.ok) refuse(card.id, answer);
}

async function send(card, wish, address = card.dataset.moves) {
  clearRefusal(card);
  card.dataset.state = "sending";
  const answer = await ask(address, wish);
  delete card.dataset.state;
  apply(answer.ops ?? []);
  if (answer.ok) {
    focusCard(card.id);
    if (answer.first) tellFirst(card.id, answer.message);
    else announce(answer.message);
  }
  return answer;
}

async function ask(address, wish) {
  const token = document.querySelector("#act [name=csrf_token]")?.value ?? "";
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ csrf_token: token, ...wish }),
    });
    return { ...(await response.json()), ok: response.ok, status: response.status };
  } catch {
    return { ok: false, message: words().failed };
  }
}

/** Say beside a card why it was not moved. */
export function refuse(id, answer) {
  const card = document.getElementById(id);
  if (!card) {
    announce(answer.message);
    return;
  }
  clearRefusal(card);
  const note = document.getElementById("refusal").content.cloneNode(true).firstElementChild;
  card.append(note);
  // Put in after the element is there, so that it is heard.
  explain(note.querySelector("span"), answer);
}

/* That a colleague was first with the same move is no failure, but it is worth seeing. */
function tellFirst(id, message) {
  refuse(id, { message });
  document.querySelector(`#${CSS.escape(id)} > .sb-refused`)?.setAttribute("data-kind", "news");
}

function clearRefusal(card) {
  card.querySelector(":scope > .sb-refused")?.remove();
}

/** The sentences that only the server knows in the page's language. */
export function words() {
  return document.getElementById("board-words").dataset;
}

function focusCard(id) {
  const card = document.getElementById(id);
  card?.querySelector("a, summary")?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function focusChoice(id, to) {
  const choice = document.getElementById(id)?.querySelector(`[open] [data-to="${CSS.escape(to)}"]`);
  if (choice) choice.focus({ preventScroll: true });
  else focusCard(id);
}

function newKey() {
  // Not randomUUID: that exists only where the page came over https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
