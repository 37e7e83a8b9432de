/* Remembers what is being typed, in this tab only, until it has been sent. A form says in `data-typed`
   where its text belongs, so that it is found again after signing in or out, too. */

/** Keep what is typed in such forms; whoever leaves by a form's own button takes the text along. */
export function keep() {
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-typed]");
    if (form && target.name === "body") remember(form, target.value);
  });
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (target.matches("form[data-typed]") && !defaultPrevented) forget(target);
  });
}

/** Put back what was typed here before. */
export function bringBack(form) {
  const kept = sessionStorage.getItem(place(form));
  if (kept && !form.elements.body.value) form.elements.body.value = kept;
}

/** Forget it: it has been sent. */
export function forget(form) {
  sessionStorage.removeItem(place(form));
}

function remember(form, text) {
  if (text) sessionStorage.setItem(place(form), text);
  else forget(form);
}

function place(form) {
  return `typed:${form.dataset.typed}`;
}
