/* A mouse is pressed and let go; a page that is drawn anew between the two would lose the click, for the browser
   gives none to what is gone. Where the same thing to press stands there again, it gets the click. A finger needs no
   help: its press goes to what is there when it is lifted. */

const PRESSED = "button, a[href], summary";
const ALIKE = ["name", "value", "href", "formaction", "aria-pressed"];

let began = null; // what the mouse is down on

/** Finish presses whose button was drawn anew under them. */
export function finishPresses() {
  document.addEventListener("pointerdown", (event) => (began = isMain(event) ? event.target.closest(PRESSED) : null), true);
  document.addEventListener("pointerup", finish, true);
}

function finish(event) {
  const pressed = began;
  began = null;
  if (!pressed || pressed.isConnected || !isMain(event)) return;
  const here = event.target.closest(PRESSED);
  if (here && isAlike(pressed, here)) here.click();
}

function isMain({ button, pointerType, ctrlKey, metaKey, shiftKey }) {
  // With a key a link opens elsewhere, which no script can do as the browser does.
  return button === 0 && pointerType === "mouse" && !ctrlKey && !metaKey && !shiftKey;
}

/** What does or says something else by now, or belongs to something else, is not what was meant. */
function isAlike(one, other) {
  const same = one.tagName === other.tagName && placeOf(one) === placeOf(other) && wordsOf(one) === wordsOf(other);
  return same && ALIKE.every((name) => one.getAttribute(name) === other.getAttribute(name));
}

function placeOf(button) {
  return button.closest("[id]")?.id;
}

function wordsOf(button) {
  return button.textContent.replace(/\s+/g, " ").trim();
}
