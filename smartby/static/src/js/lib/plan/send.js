/* Sends a change of the plan without leaving the page. */
import { explain } from "../refusal.js";

/** Post a wish; resolves to what the server answers, with `ok` and a sentence in `message`. */
export async function send(address, wish) {
  const token = document.querySelector("[name=csrf_token]").value;
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ csrf_token: token, key: newKey(), ...wish }),
    });
    return { ...(await response.json()), ok: response.ok, status: response.status };
  } catch {
    return { ok: false, message: document.getElementById("build-refused").dataset.failed };
  }
}

/** Say below the programme why a change was refused; nothing when it was not. */
export function tell(answer) {
  const note = document.getElementById("build-refused");
  note.hidden = answer.ok;
  explain(note.querySelector("span"), answer.ok ? {} : answer);
}

function newKey() {
  // Not randomUUID: that exists only where the page came over https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
