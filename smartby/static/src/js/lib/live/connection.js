/* Shows whether the page is connected: in words at the foot of the window, and at every live dot. */

const QUIET_MS = 1500; // a blink while a server restarts is nobody's business
let waiting = null;

/** Tell the reader whether what they see is live. */
export function showConnection(connected, way = "socket") {
  const back = connected && document.documentElement.dataset.live === "off";
  document.documentElement.dataset.live = connected ? way : "off";
  if (back) document.dispatchEvent(new CustomEvent("live:back"));
  if (connected) {
    clearTimeout(waiting);
    waiting = null;
    mark(true);
  } else if (waiting === null) {
    waiting = setTimeout(() => mark(false), QUIET_MS);
  }
}

function mark(connected) {
  document.getElementById("offline")?.toggleAttribute("hidden", connected);
  for (const dot of document.querySelectorAll("main .sb-live")) {
    if (connected) delete dot.dataset.state;
    else dot.dataset.state = "offline";
  }
}
