/* Changes light and dark at once, without loading the page anew: a half-written text stays. The
   form still goes to the server, which keeps the choice; without script it does all of it. */

/** Let each form of preferences send a choice of theme in the background. */
export function keepPageOnThemeChange() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (!form.matches("[data-preferences]") || button?.name !== "theme") return;
    event.preventDefault();
    show(button.value);
    fetch(form.action, { method: "POST", body: new FormData(form, button), redirect: "manual" })
      // Offline the page has changed all the same; the next page falls back to the old choice.
      .catch(() => {});
  });
}

function show(theme) {
  document.documentElement.dataset.colorScheme = theme;
  for (const button of document.querySelectorAll('[data-preferences] button[name="theme"]')) {
    if (button.value === theme) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}
