/* Why something was refused, in words. Whoever was signed out elsewhere, or has got a new password, finds the way
   to signing in and back to this page beside the words. */

const SIGNED_OUT = 401;

/** Write into an element what the server answered, or nothing more than `otherwise`. */
export function explain(place, { message, status }, otherwise = "") {
  place.textContent = message || otherwise;
  const link = status === SIGNED_OUT && wayIn();
  if (link) place.append(" ", link);
}

function wayIn() {
  const words = document.getElementById("way-in")?.content.firstElementChild;
  if (!words) return null;
  const link = document.importNode(words, true);
  const address = new URL(link.href);
  address.searchParams.set("next", location.pathname + location.search);
  link.href = address;
  return link;
}
