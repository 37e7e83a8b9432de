/* Sends a change of the plan without leaving the page. */

/** Post a wish; resolves to what the server answers, with `ok` and a sentence in `message`. */
export async function send(address, wish) {
  const token = document.querySelector("[name=csrf_token]").value;
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ csrf_token: token, key: newKey(), ...wish }),
    });
    return { ...(await response.json()), ok: response.ok };
  } catch {
    return { ok: false, message: document.getElementById("build-refused").dataset.failed };
  }
}

function newKey() {
  // Not randomUUID: that exists only where the page came over https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
