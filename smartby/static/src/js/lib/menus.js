/* Closes open menus by Escape and by a click elsewhere, and lets one type where there is a search. They are <details>, so they open and close
   without script; that they close each other comes from their shared name. */

/** Watch the document for what should close a menu. */
export function closeMenus() {
  document.addEventListener("click", ({ target }) => {
    for (const menu of openMenus()) {
      if (!menu.contains(target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) close(menu);
  });
  // It is heard on its way down: a toggle does not bubble.
  document.addEventListener("toggle", ({ target }) => typeIn(target), true);
}

function typeIn(menu) {
  const wide = menu.matches("details.sb-menu[open][data-show=wide]");
  if (wide && menu.contains(document.activeElement)) menu.querySelector("[type=search]")?.focus();
}

function openMenus() {
  return document.querySelectorAll("details.sb-menu[open]");
}

function close(menu) {
  const hadFocus = menu.contains(document.activeElement);
  menu.open = false;
  if (hadFocus) menu.querySelector("summary").focus();
}
