/* Puts a list in the order that is told, when nobody points at it: a button never slips away from under
   the pointer, or from whoever has come to it by the keyboard. */

const waiting = new WeakMap(); // list → the order that is to come

/** Sort a list by its items' ids, now or as soon as it is let go of; what is not named comes last. */
export function sort({ target, value }) {
  const list = document.getElementById(target);
  if (!list) return;
  if (!waiting.has(list)) {
    for (const left of ["pointerleave", "focusout"]) list.addEventListener(left, () => setTimeout(settle, 0, list));
  }
  waiting.set(list, value.split(" "));
  settle(list);
}

function settle(list) {
  const wanted = waiting.get(list);
  if (!wanted?.length || inUse(list)) return;
  waiting.set(list, []);
  const named = wanted.map((id) => document.getElementById(id)).filter((item) => item?.parentElement === list);
  const order = [...named, ...[...list.children].filter((item) => !named.includes(item))];
  order.forEach((item, place) => {
    if (list.children[place] !== item) list.insertBefore(item, list.children[place]);
  });
}

function inUse(list) {
  return (matchMedia("(hover: hover)").matches && list.matches(":hover")) || Boolean(list.querySelector(":focus-visible"));
}
