/* Opens the form for a reply under the comment. Without script the link leads to a page of its own. */
import { bringBack } from "./typed.js";
import { newKey } from "../ask.js";

/** Let each "Svar" open its form in place. */
export function openReplies() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-reply]");
    const template = document.getElementById("reply-form");
    if (opener && template && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      open(opener, template);
    } else if (event.target.closest("[data-cancel]")) {
      close(event.target.closest(".sb-reply"));
    }
  });
  document.addEventListener("talk:done", ({ target }) => close(target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.(".sb-reply")) close(event.target.closest(".sb-reply"));
  });
}

function open(opener, template) {
  const number = opener.dataset.reply;
  const id = `reply-${number}`;
  let form = document.getElementById(id);
  if (!form) {
    form = template.content.firstElementChild.cloneNode(true);
    form.id = id;
    form.action = opener.href.replace(/\/new$/, "");
    form.dataset.typed = `comment-${number}`;
    form.elements.key.value = newKey();
    form.querySelector("textarea").id = `${id}-text`;
    form.querySelector("label").htmlFor = `${id}-text`;
    opener.closest(".sb-comment__acts").after(form);
    bringBack(form);
  }
  form.elements.body.focus();
}

function close(form) {
  const opener = document.querySelector(`a[data-reply="${form.id.replace("reply-", "")}"]`);
  form.remove();
  opener?.focus();
}
