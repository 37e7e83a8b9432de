/* Sends a small form in the background, as the page's own form would: with its token, and again with
   the same key when the network fails, so that it happens once however often it is sent. */
import { tab } from "./live/tab.js";
import { explain } from "./refusal.js";

const TRIES = 4;
const PAUSE_MS = 700;

/** Send fields to an address; return what the server answered, or why nothing came of it.
    `waits` is called when it has not arrived at the first try. */
export async function ask(address, fields, waits = () => {}) {
  const body = new URLSearchParams({ csrf_token: token(), key: newKey(), ...fields });
  for (let turn = 1; turn <= TRIES; turn += 1) {
    try {
      const response = await fetch(address, { method: "POST", headers: { Accept: "application/json", "X-Tab": tab.id }, body });
      if (response.status !== 503) return { ...(await response.json()), ok: response.ok, status: response.status };
    } catch {
      // Nobody knows whether it arrived: the key makes it safe to send it again.
    }
    if (turn === 1) waits();
    if (turn < TRIES) await pause(PAUSE_MS * turn);
  }
  return { ok: false, status: 0, message: document.getElementById("refused")?.dataset.failed ?? "" };
}

/** A key that nobody has used before. */
export function newKey() {
  // Not randomUUID: that exists only where the page came over https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Say beside a control why something was refused: the server's answer, or `{ message }`. */
export function refuse(control, answer = {}) {
  forgive(control);
  const note = document.getElementById("refused")?.content.firstElementChild.cloneNode(true);
  if (!note) return;
  control.after(note);
  // Put in after the element is there, so that it is heard.
  explain(note.querySelector("span"), answer, document.getElementById("refused").dataset.failed);
}

/** Take away what was said beside a control. */
export function forgive(control) {
  if (control.nextElementSibling?.matches(".sb-refused")) control.nextElementSibling.remove();
}

function token() {
  return document.querySelector("#act [name=csrf_token]")?.value ?? "";
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
