/* What a button of the page's one form sends: its own name and value, and the fields that belong to
   the form. */

/** Return the fields that pressing this button would send. */
export function fieldsOf(button) {
  const form = document.getElementById("act");
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrf_token;
  delete fields.key;
  if (button.name) fields[button.name] = button.value;
  return fields;
}

/** Say something once, politely. */
export function say(text) {
  const place = document.getElementById("said");
  if (place) place.textContent = text;
}

/** Draw a fragment of the server's. */
export function drawn(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}
