/* What colleagues did lies over the foot of the board for a while; then it makes room again. */

const READ_MS = 12_000;

/** Take each message away when it has stood long enough, unless somebody is at it. */
export function fadeNews() {
  const news = document.getElementById("board-news");
  if (!news) return;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) setTimeout(() => leave(news, node), READ_MS);
  }).observe(news, { childList: true });
}

function leave(news, node) {
  if (news.matches(":hover, :focus-within")) setTimeout(() => leave(news, node), READ_MS);
  else node.remove();
}
