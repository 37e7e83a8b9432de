/* The page of an idea, and of one thread. All of it works without this file: here comments are sent in
   place, more of them is loaded in place, and others see that somebody is writing. */
import { forgetDraft } from "./lib/compose/local.js";
import { takeComments } from "./lib/talk/compose.js";
import { loadMore } from "./lib/talk/more.js";
import { openReplies } from "./lib/talk/reply.js";
import { closeWindows } from "./lib/talk/windows.js";
import { tellOfWriting } from "./lib/talk/writing.js";

// Published by signing in: the copy that the browser kept until then would come back in the next form.
if (location.hash.startsWith("#published:")) {
  forgetDraft(location.hash.slice("#published:".length));
  history.replaceState(history.state, "", location.pathname + location.search);
}
takeComments();
openReplies();
loadMore();
tellOfWriting();
closeWindows();
