/* After a refusal: what is wrong with a field is taken back as soon as the field is right again. What
   only the server can judge, it says again; a field that looks as it was refused stays marked. */

/** Watch every field of the page. */
export function mendFields() {
  for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => look(target));
}

function look(control) {
  if (!control.matches?.("input, textarea, select")) return;
  const group = control.closest("fieldset[id]");
  const field = group && document.getElementById(`${group.id}-error`) ? group : control;
  const message = field.id && document.getElementById(`${field.id}-error`);
  if (!message || !(field === group ? groupFits(group) : fits(control))) return;
  const before = control.getBoundingClientRect().top;
  release(field, message);
  // What has gone from above must not move the field under the hand that writes in it.
  window.scrollBy({ top: control.getBoundingClientRect().top - before, behavior: "instant" });
}

function fits(control) {
  if (control.type === "checkbox") return control.checked;
  const limit = Number(document.getElementById(control.dataset.counter)?.dataset.limit ?? Infinity);
  const least = Number(control.getAttribute("minlength") ?? 0);
  const { length } = control.value.trim();
  const changed = control.matches("select") || control.value !== control.defaultValue;
  return changed && length >= least && control.value.length <= limit && control.checkValidity();
}

function groupFits(group) {
  const chosen = group.querySelectorAll(":checked").length;
  return chosen <= Number(group.dataset.most ?? Infinity) && chosen >= Number(group.dataset.least ?? 0);
}

function release(field, message) {
  message.remove();
  field.removeAttribute("aria-invalid");
  const about = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== message.id);
  if (about.length) field.setAttribute("aria-describedby", about.join(" "));
  else field.removeAttribute("aria-describedby");
  const summary = document.querySelector("ds-error-summary");
  const names = [`#${field.id}`, `#${field.id}-0`];
  for (const link of summary?.querySelectorAll("a") ?? []) {
    if (names.includes(link.getAttribute("href"))) link.closest("li").remove();
  }
  if (summary && !summary.querySelector("li")) summary.remove();
}
