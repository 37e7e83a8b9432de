/* On every page. Nothing here is needed to read or to send: each module makes something that
   already works a little better. */
import "@digdir/designsystemet-web/ds-error-summary";
import "@digdir/designsystemet-web/dialog";
import "@digdir/designsystemet-web/invokers";
import { watchForms } from "./lib/forms.js";
import { closeMenus } from "./lib/menus.js";
import { mendFields } from "./lib/mend.js";
import { markMine } from "./lib/mine.js";
import { onInsert } from "./lib/inserted.js";
import { keepPageOnThemeChange } from "./lib/theme.js";
import { tellTimes } from "./lib/times.js";

watchForms();
mendFields();
closeMenus();
keepPageOnThemeChange();
onInsert(markMine);
onInsert(tellTimes);

// Pages that show streams load what keeps them true; the others never fetch it.
if (document.querySelector("[data-streams]")) {
  import("./lib/live/client.js").then(({ follow }) => follow());
}

// So does a page with something to support, and one with a list to choose from.
if (document.querySelector("[data-press]")) {
  import("./lib/press.js").then(({ takePresses }) => takePresses());
}
const list = document.querySelector("form[data-list]");
if (list) import("./lib/list.js").then(({ chooseAtOnce }) => chooseAtOnce(list));
