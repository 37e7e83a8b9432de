"""Follow every kind of link from the front page on; print what leads nowhere, or not straight.

A program of its own: how many towns are served is settled when an application is made.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator

from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from smartby import create_app
from smartby.extensions import db, limiter
from tests.journeys.demo import PASSWORD, SIGNINS
from tests.people import Visitor

ROLES = ("", "citizen", "moderator", "administrator")
FEW = 4  # pages of one kind that are found on pages of one kind
TAG = re.compile(r"<(\w+)\b([^>]*)>")
ADDRESS = re.compile(r'\s(href|action|formaction|data-[\w-]+)="(?:http://localhost)?(/[^"]*)"')
ID = re.compile(r'\sid="([^"]+)"')
# A comment's own address leads to where it stands among the others.
LEADS_ON = re.compile(r"(/\w+)?/comments/N")
# They change what one sees, or are files.
NOT_PAGES = ("/preferences", "/static", "/mail", "/i.")


class Crawler:
    """Somebody who follows links, each kind of them a few times."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.routes = visitor.app.url_map.bind("localhost")
        self.waiting, self.known = [("/", "")], {"/"}
        self.seen: Counter[tuple[str, str]] = Counter()
        self.wrong: dict[str, str] = {}

    def crawls(self) -> None:
        """Follow what there is to follow."""
        while self.waiting:
            path, origin = self.waiting.pop(0)
            kind = _kind(path)
            way = (_kind(origin), kind)
            self.seen[way] += 1
            if self.seen[way] <= FEW and not path.startswith(NOT_PAGES):
                self._visits(path, kind, origin)

    def _visits(self, path: str, kind: str, origin: str) -> None:
        answer = self.visitor.gets(path)
        if answer.status_code != 200 and not LEADS_ON.fullmatch(kind):
            where = f" to {answer.location}" if answer.location else ""
            self._note(f"{kind}: {answer.status_code}{where}", f"{path} on {origin}")
        if answer.mimetype == "text/html":
            self._reads(path, kind, answer)

    def _reads(self, path: str, kind: str, answer: TestResponse) -> None:
        text = answer.get_data(as_text=True)
        for name, times in Counter(ID.findall(text)).items():
            if times > 1:
                self._note(f"{kind}: {name} is the id of {times} things", path)
        for is_link, address in _addresses(text):
            if not is_link:
                self._looks_up(address, path)
            elif address not in self.known:
                self.known.add(address)
                self.waiting.append((address, path))

    def _looks_up(self, address: str, origin: str) -> None:
        """Note an address that a form or a script would ask for in vain."""
        path = address.partition("?")[0]
        if not any(self._is_route(path, method) for method in ("GET", "POST")):
            self._note(f"{_kind(path)}: no such address", origin)

    def _is_route(self, path: str, method: str) -> bool:
        try:
            self.routes.match(path, method=method)
        except HTTPException:
            return False
        return True

    def _note(self, what: str, where: str) -> None:
        self.wrong.setdefault(what, where)


def _addresses(text: str) -> Iterator[tuple[bool, str]]:
    for tag, attributes in TAG.findall(text):
        if "data-only-for" in attributes:  # shown to those who may, and there for everybody
            continue
        for name, found in ADDRESS.findall(attributes):
            address = html.unescape(found).partition("#")[0]
            if not address.startswith("//"):
                yield tag != "form" and name == "href", address


def _kind(path: str) -> str:
    found = re.sub(r"[0-9a-f]{16,}", "K", re.sub(r"=[^&]*", "=", path))
    return re.sub(r"\d+", "N", found)


def main() -> None:
    """Crawl as everybody in turn."""
    app = create_app({"TESTING": True, "ASYNC": "threading", "PUBLIC_URL": "http://localhost"})
    limiter.enabled = False
    told = {}
    for role in ROLES:
        visitor = Visitor(app)
        if role:
            signed = visitor.posts("/sign-in", email=SIGNINS[role], password=PASSWORD)
            assert signed.status_code == 303
        crawler = Crawler(visitor)
        crawler.crawls()
        told[role or "nobody"] = {"kinds": len(crawler.seen), "wrong": crawler.wrong}
    sys.stdout.write(json.dumps(told) + "\n")
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


if __name__ == "__main__":
    main()
