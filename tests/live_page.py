"""A page as a browser holds it: it takes operations as lib/live/apply.js does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any
from xml.etree import ElementTree as ET

import html5lib

# What every rendering has anew, and what counts for the reader only.
PASSING = ("data-streams", "data-seen")


class LivePage:
    """The main part of a page, as a tree."""

    def __init__(self, html: str) -> None:
        document = html5lib.parse(html, namespaceHTMLElements=False)
        main = document.find(".//main")
        assert main is not None
        self.main: ET.Element = main

    def apply(self, ops: Iterable[Mapping[str, Any]]) -> LivePage:
        """Apply operations in order."""
        for op in ops:
            getattr(self, f"_{op['op']}")(op)
        return self

    def text(self) -> str:
        """Write the page so that two that show the same are equal."""
        for element in self.main.iter():
            for name in PASSING:
                element.attrib.pop(name, None)
            if element.get("name") in ("csrf_token", "key"):
                element.attrib.pop("value", None)
            # Pills count for this reader only; what was said about one's own act is said once.
            if "sb-pill" in element.get("class", "") or element.get("id") == "flashes":
                element.clear()
        lines = re.sub(r"\s+", " ", ET.tostring(self.main, encoding="unicode"))
        return re.sub(r">\s*<", ">\n<", lines)

    def _find(self, number: str) -> ET.Element | None:
        return self.main.find(f".//*[@id='{number}']")

    def _above(self, child: ET.Element) -> ET.Element:
        return next(parent for parent in self.main.iter() if child in list(parent))

    def _append(self, op: Mapping[str, Any]) -> None:
        old, into = self._find(op["target"]), self._find(op["into"])
        fresh = _element(op["html"])
        if old is not None and op.get("moves") and not _stays(old, fresh, into):
            self._above(old).remove(old)
            old = None
        if old is not None:
            if not op.get("once"):
                self._replace(op)
        elif into is not None:
            into.insert(_place(into, fresh, op.get("place", into.get("data-insert"))), fresh)

    def _replace(self, op: Mapping[str, Any]) -> None:
        old = self._find(op["target"])
        if old is None:
            return
        above, fresh = self._above(old), _element(op["html"])
        fresh.tail = old.tail
        above[list(above).index(old)] = fresh

    def _remove(self, op: Mapping[str, Any]) -> None:
        old = self._find(op["target"])
        if old is not None:
            self._above(old).remove(old)

    def _set(self, op: Mapping[str, Any]) -> None:
        for place in self.main.iterfind(f".//*[@data-live='{op['target']}']"):
            place.text = op["value"]

    def _sort(self, op: Mapping[str, Any]) -> None:
        found = self._find(op["target"])
        if found is not None:
            wanted = {number: place for place, number in enumerate(op["value"].split())}
            found[:] = sorted(found, key=lambda one: wanted.get(one.get("id", ""), len(wanted)))

    def _press(self, op: Mapping[str, Any]) -> None:
        on = op["value"] == "yes"
        for control in self.main.iterfind(f".//*[@data-press='{op['target']}']"):
            control.set("aria-pressed", "true" if on else "false")
            control.set("value", "no" if on else "yes")
            words = self._find(f"word-{str(on).lower()}")
            if words is not None and control.find("small") is not None:
                control[0] = deepcopy(words[0])  # the pictogram; the word is its tail

    def _waiting(self, op: Mapping[str, Any]) -> None:
        """A pill counts it; nothing else changes."""

    def _refresh(self, op: Mapping[str, Any]) -> None:
        raise AssertionError("the page would be read anew")


def _element(html: str) -> ET.Element:
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return next(iter(fragment))


def _place(into: ET.Element, fresh: ET.Element, wanted: str | None) -> int:
    if wanted == "ordered":
        order = fresh.get("data-order", "")
        later = (at for at, each in enumerate(into) if each.get("data-order", "") > order)
        return next(later, len(into))
    return 0 if wanted == "first" else len(into)


def _stays(old: ET.Element, fresh: ET.Element, into: ET.Element | None) -> bool:
    return (
        into is not None and old in list(into) and old.get("data-order") == fresh.get("data-order")
    )
