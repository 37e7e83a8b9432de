/* Keeps a page true. The page says which streams it shows and up to which number it was rendered
   (`data-streams="contribution:42@17 town:3@5"`); from there every batch is applied exactly once,
   in order, and what was missed is fetched. The database is the truth; this only follows it.

   Other scripts talk to it by document events:
     "live:send"   {name, data}         say something over the socket if it is open
     "live:totals" {stream, …}          passing totals, such as who is writing
     "live:back"                        the connection was away and is there again */
import { io } from "socket.io-client";
import { apply } from "./apply.js";
import { tellSignedOut } from "./away.js";
import { showConnection } from "./connection.js";
import { finishPresses } from "./redrawn.js";
import { streams, tab } from "./tab.js";

const POLL_MS = 2000;
const PATIENCE_MS = 4000; // for a first connection that neither comes nor fails
const FAILURES_BEFORE_POLLING = 2;
const SLEPT_MS = 5000;

const { lang } = document.documentElement;
const { me } = document.documentElement.dataset; // whom the page was drawn for, if anybody
let socket;
let failures = 0;
let poller = null;
let hiddenAt = 0;
let asking = Promise.resolve();

/** Start following what this page shows. */
export function follow() {
  readStreams();
  if (streams.size === 0) return;
  finishPresses();
  socket = io({
    transports: ["websocket"],
    timeout: 8000,
    reconnectionDelay: 400,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.5,
  });
  socket.on("connect", connected);
  socket.on("batch", received);
  socket.on("totals", (totals) => document.dispatchEvent(new CustomEvent("live:totals", { detail: totals })));
  socket.on("drain", ({ within_ms }) => setTimeout(move, Math.random() * within_ms));
  socket.on("disconnect", disconnected);
  socket.on("connect_error", refused);
  // A network may let a socket open and close it before it says anything: no error comes then.
  setTimeout(() => socket.connected || startPolling(), PATIENCE_MS);
  document.addEventListener("live:send", ({ detail }) => socket.connected && socket.emit(detail.name, detail.data));
  document.addEventListener("visibilitychange", woken);
  window.addEventListener("pageshow", ({ persisted }) => persisted && catchUp());
}

function readStreams() {
  for (const element of document.querySelectorAll("[data-streams]")) {
    for (const entry of element.dataset.streams.split(/\s+/).filter(Boolean)) {
      const [name, number] = entry.split("@");
      if (!streams.has(name)) streams.set(name, number === undefined ? null : Number(number));
    }
  }
}

function connected() {
  tab.id = socket.id;
  failures = 0;
  stopPolling();
  socket.emit("follow", { streams: [...streams.keys()], lang, me }, ({ signed_out: signedOut, ...numbers }) => {
    if (numbers.error) return;
    if (signedOut) tellSignedOut();
    for (const [name, number] of Object.entries(numbers)) {
      if (number === null) streams.delete(name);
      else if (streams.get(name) === null) streams.set(name, number);
    }
    showConnection(true);
    // Behind, or ahead of a database that was put back to an earlier state: both are found by asking.
    const other = Object.keys(numbers).some((name) => streams.has(name) && numbers[name] !== streams.get(name));
    if (other) catchUp();
  });
}

function received(batch) {
  const last = streams.get(batch.stream);
  if (last === undefined || batch.seq <= last) return;
  if (last !== null && batch.first > last + 1) {
    catchUp();
    return;
  }
  take(batch);
}

function take(batch) {
  streams.set(batch.stream, batch.seq);
  apply(batch.ops);
}

/** Fetch what was missed on all streams in one question; questions wait for each other. */
function catchUp() {
  asking = asking.then(ask, ask);
  return asking;
}

async function ask() {
  const query = new URLSearchParams(me ? { lang, me } : { lang });
  for (const [name, number] of streams) if (number !== null) query.append("s", `${name}@${number}`);
  const answer = await fetch(`/live?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`live: ${answer.status}`);
  const { batches, gone, signed_out: signedOut } = await answer.json();
  for (const batch of batches) if (batch.seq > (streams.get(batch.stream) ?? -1)) take(batch);
  for (const name of gone) {
    streams.delete(name);
    // Who is signed out is told so, and not led away from the page.
    if (!signedOut) apply([{ op: "refresh" }]);
  }
  if (signedOut) tellSignedOut();
}

/** The process is about to stop: go to another, at a moment of one's own so that not all come at once. */
function move() {
  socket.disconnect().connect();
}

function disconnected(reason) {
  tab.id = "";
  // "io server disconnect": signed out elsewhere or rights changed; come back as who we are now.
  if (reason === "io server disconnect") socket.connect();
  startPolling();
}

function refused() {
  failures += 1;
  if (failures >= FAILURES_BEFORE_POLLING) startPolling();
}

/** Where a network blocks web sockets the same log is read over HTTP. */
function startPolling() {
  if (poller !== null) return;
  const turn = async () => {
    try {
      await catchUp();
      showConnection(true, "polling");
    } catch {
      showConnection(false);
    }
    if (poller !== null) poller = setTimeout(turn, POLL_MS);
  };
  poller = setTimeout(turn, 300);
}

function stopPolling() {
  clearTimeout(poller);
  poller = null;
}

function woken() {
  if (document.hidden) hiddenAt = Date.now();
  else if (Date.now() - hiddenAt > SLEPT_MS) catchUp().catch(() => {});
}
