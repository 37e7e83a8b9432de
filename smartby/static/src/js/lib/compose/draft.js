/* Keeps what is being written: on the server for whoever is signed in, else in this browser. Says politely
   where it is, and never writes over what another window has saved. */
import { explain } from "../refusal.js";
import { afterPause } from "./fragment.js";
import { bringBack, forgetHere, isWritten, keepHere } from "./local.js";

const PAUSE_MS = 1_200;
const AGAIN_MS = 8_000;

/** Keep the draft of a form from now on. */
export function keepDraft(form) {
  const draft = new Draft(form);
  draft.begin();
  const soon = afterPause(PAUSE_MS, () => draft.save());
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => draft.submit(event));
  addEventListener("online", () => draft.save());
  addEventListener("pagehide", () => draft.leave());
  addEventListener("pageshow", () => draft.resume());
  document.querySelector("[data-mine-wins]")?.addEventListener("click", () => draft.win());
  document.querySelector("[data-start-over]")?.addEventListener("click", () => draft.startOver());
}

class Draft {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.draft ?? "";
    this.line = document.getElementById("drafted");
    this.other = document.querySelector("[data-other]");
    this.state = "open"; // open, behind (another window was first), over (published or sent)
    this.saved = this.content();
  }

  begin() {
    const { origin } = this.form.dataset;
    if (origin === "held" && this.address) forgetHere(this.form);
    if (origin || isWritten(this.form) || !bringBack(this.form)) return;
    this.say("restored");
    document.querySelector("[data-start-over]")?.removeAttribute("hidden");
    this.save();
  }

  async save() {
    const content = this.content();
    if (this.state !== "open" || content === this.saved) return;
    if (!this.address) {
      this.saved = content;
      if (keepHere(this.form) && isWritten(this.form)) this.say("local");
      return;
    }
    if (this.running) return; // its answer looks whether there is more to save
    this.running = true;
    const answer = await this.send();
    this.running = false;
    if (!answer) return this.wait();
    this.take(answer, content);
  }

  take(answer, content) {
    if (answer.ok) {
      this.saved = content;
      this.form.elements.saved_at.value = answer.saved_at;
      forgetHere(this.form);
      this.say("", answer.message);
      if (answer.saved_at) this.nameInAddress();
      if (this.content() !== content) this.save();
    } else if (answer.status === 409) {
      this.state = "behind";
      this.newest = answer.saved_at;
      this.other.querySelector("[data-said]").textContent = answer.message;
      this.other.hidden = false;
    } else if (answer.status === 410) {
      this.state = "over";
    } else {
      keepHere(this.form);
      explain(this.line, answer);
    }
  }

  async send() {
    try {
      const body = new URLSearchParams(new FormData(this.form));
      const response = await fetch(this.address, { method: "POST", headers: { Accept: "application/json" }, body });
      return { ...(await response.json()), ok: response.ok, status: response.status };
    } catch {
      return null;
    }
  }

  wait() {
    keepHere(this.form);
    this.say(navigator.onLine ? "failed" : "offline");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), AGAIN_MS);
  }

  win() {
    this.form.elements.saved_at.value = this.newest;
    this.other.hidden = true;
    this.state = "open";
    this.saved = null;
    this.save();
  }

  startOver() {
    forgetHere(this.form);
    this.state = "over";
    location.assign(location.pathname);
  }

  submit(event) {
    if (event.defaultPrevented || event.submitter?.hasAttribute("data-look")) return;
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      keepHere(this.form);
      this.say("offline");
      return;
    }
    this.state = "over";
    if (this.address) forgetHere(this.form);
  }

  leave() {
    if (this.state !== "open" || this.content() === this.saved) return;
    if (this.address) navigator.sendBeacon(this.address, new URLSearchParams(new FormData(this.form)));
    else keepHere(this.form);
  }

  resume() {
    if (this.state === "over") this.state = "open";
  }

  // So that the page, loaded anew, comes back with this draft.
  nameInAddress() {
    const here = new URL(location);
    if (!here.pathname.endsWith("/new") || here.searchParams.has("draft")) return;
    here.search = new URLSearchParams({ draft: this.form.elements.key.value });
    history.replaceState(history.state, "", here);
  }

  content() {
    const fields = new FormData(this.form);
    for (const name of ["csrf_token", "saved_at"]) fields.delete(name);
    return new URLSearchParams(fields).toString();
  }

  say(which, words = "") {
    this.line.textContent = words || this.line.dataset[which] || "";
  }
}
