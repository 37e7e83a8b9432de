/* The page of an idea, and of one thread. All of it works without this file: here comments are sent in
   place, more of them is loaded in place, and others see that somebody is writing. */
import { takeComments } from "./lib/talk/compose.js";
import { loadMore } from "./lib/talk/more.js";
import { openReplies } from "./lib/talk/reply.js";
import { closeWindows } from "./lib/talk/windows.js";
import { tellOfWriting } from "./lib/talk/writing.js";

takeComments();
openReplies();
loadMore();
tellOfWriting();
closeWindows();
