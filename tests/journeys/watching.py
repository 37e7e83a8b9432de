"""Somebody who walks through hostile pages and notes whatever runs, or only got in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page

# The browser tells the page what the policy stopped; the page tells us.
HEAR_POLICY = """
document.addEventListener("securitypolicyviolation", event =>
  console.error("policy", event.effectiveDirective, event.blockedURI, event.sample))
"""
# What the corpus tries to make, and no page of ours has.
FOREIGN = """
applet, audio, base, embed, frame, iframe, image, marquee, math, object, source, style, video, xmp,
meta[http-equiv], foreignObject, animate, set, [srcdoc], [formaction^="j" i], img[src="x"],
link[href*="alert"], svg:not([class], [aria-hidden], [role])
"""
LOOK = """
foreign => {
  const found = [...document.querySelectorAll(foreign)].map(each => each.outerHTML.slice(0, 200))
  const addresses = ["href", "src", "action", "formaction", "data", "xlink:href", "poster"]
  for (const each of document.querySelectorAll("*")) {
    const names = each.getAttributeNames()
    const say = what => found.push(`${what}: ${each.outerHTML.slice(0, 200)}`)
    if (names.some(name => name.startsWith("on"))) say("handler")
    if (each.localName === "script" && (each.textContent.trim() || !each.src)) say("script")
    for (const name of addresses.filter(name => names.includes(name))) {
      const url = URL.parse(each.getAttribute(name), location.href)
      const place = each.localName === "a" ? ["http:", "https:", "mailto:", "tel:"] : []
      const known = url && (url.origin === location.origin || place.includes(url.protocol))
      const image = each.localName === "img" && url?.protocol === "data:"
      if (!known && !image && !(url && each.localName === "use")) say(name)
      if (url?.hostname.endsWith("evil.example")) say("elsewhere")
    }
  }
  return found
}
"""
# Some links are there for everybody and shown to those whom they are for.
LINKS = """
[...document.querySelectorAll("a[href]")]
  .filter(link => link.checkVisibility() || !link.closest("[data-only-for]"))
  .map(link => link.getAttribute("href"))
"""
MEETS = "document.querySelector('main').outerHTML.includes('alert(1)')"
# What is handed out as a file, and not shown.
FILE = re.compile(r"\.\w+$|/minutes/|/export$")
NOT_SHOWN = ("/static", "/mail", "/preferences", "/sign-out")


class Watcher:
    """Somebody with a browser that tells all that runs in it."""

    def __init__(self, context: BrowserContext) -> None:
        context.add_init_script(HEAR_POLICY)
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._note(f"error {error}"))
        self.problems: dict[str, list[str]] = {}
        self.met: Counter[str] = Counter()  # pages that showed the corpus, by kind
        self.files: Counter[str] = Counter()

    def walks(self, start: Iterable[str], few: int = 1) -> None:
        """Visit pages and what they lead to: of each kind a few, of those to begin with all."""
        waiting = list(start)
        known, seen = set(waiting), Counter[str]()
        firsts = set(waiting)
        while waiting:
            path = waiting.pop(0)
            kind = kind_of(path)
            seen[kind] += 1
            if path not in firsts and seen[kind] > few:
                continue
            for found in self.visits(path):
                if found not in known:
                    known.add(found)
                    waiting.append(found)

    def visits(self, path: str) -> list[str]:
        """Look at one address; return where it leads to on this site."""
        if FILE.search(path):
            self._takes(path)
            return []
        answer = self.page.goto(path)
        if answer is None or answer.status >= 400:
            self._note(f"status {answer and answer.status}")
        self.looks()
        if self.page.evaluate(MEETS):
            self.met[kind_of(path)] += 1
        links = [link.partition("#")[0].partition("?")[0] for link in self.page.evaluate(LINKS)]
        return [link for link in links if inside(link)]

    def looks(self) -> None:
        """Note what the open page has that is not ours."""
        for found in self.page.evaluate(LOOK, FOREIGN):
            self._note(found)

    def _takes(self, path: str) -> None:
        """Ask for a file: no browser may take it for a page."""
        answer = self.context.request.get(path)
        self.files[path.rpartition("/")[2].rpartition(".")[2]] += 1
        said = answer.headers
        if (
            "html" in said.get("content-type", "html")
            or said["x-content-type-options"] != "nosniff"
        ):
            self.problems[path] = [str(said)]

    def _dialog(self, dialog: Dialog) -> None:
        self._note(f"dialog {dialog.message}")
        dialog.dismiss()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"{message.text[:300]} {message.location['url']}")

    def _note(self, what: str) -> None:
        self.problems.setdefault(self.page.url, []).append(what)


def inside(link: str) -> bool:
    """Tell whether a link leads to a page of this site."""
    return link.startswith("/") and not link.startswith(("//", *NOT_SHOWN))


def kind_of(path: str) -> str:
    """Return what pages of one kind have in common."""
    return re.sub(r"\d+", "N", path.replace("fjordvang", "havnvik"))
