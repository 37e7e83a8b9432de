/* Shows more of a discussion in place: the next twenty threads, or the whole of one thread. The page
   that the link leads to has both; from there they are taken. */

/** Let the links to more load it here. */
export function loadMore() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-more] a, a[data-thread]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(link).catch(() => location.assign(link.href));
  });
}

async function load(link) {
  const box = link.closest("[data-more], .sb-comment__more");
  link.setAttribute("aria-disabled", "true");
  const page = await fetchPage(link.href);
  if (link.dataset.thread) showThread(page, link.dataset.thread);
  else showNext(page, box);
}

async function fetchPage(address) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function showThread(page, root) {
  const place = document.getElementById(`replies-${root}`);
  const whole = page.getElementById(`replies-${root}`);
  const more = page.querySelector(".sb-talk__more a[rel=next]");
  if (more) throw new Error("longer than a page");
  const known = new Set([...place.querySelectorAll(".sb-comment")].map(({ id }) => id));
  place.replaceWith(document.adoptNode(whole));
  const first = [...whole.querySelectorAll(".sb-comment")].find(({ id }) => !known.has(id));
  focus(first ?? whole);
}

function showNext(page, box) {
  const list = document.getElementById(box.dataset.more);
  const items = [...page.querySelectorAll(".sb-talk > .sb-thread > .sb-comment")];
  const fresh = items.filter(({ id }) => !document.getElementById(id)).map((item) => document.adoptNode(item));
  list.append(...fresh);
  const following = page.querySelector("[data-more] a");
  if (following) {
    const link = box.querySelector("a");
    link.href = following.href;
    link.removeAttribute("aria-disabled");
  } else box.remove();
  if (fresh[0]) focus(fresh[0]);
}

function focus(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
