"""Style sheets: a class is one thing, and stands in one file."""

from __future__ import annotations

import re

from tests.conventions.sources import PACKAGE, files

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{};]+)\{")
COMMA = re.compile(r",(?![^()]*\))")
CLASS = re.compile(r"\.[\w-]+")
# Paper: it says of other files' things which of them are not printed.
ABOUT_OTHERS = {"print.css"}


def test_no_class_is_defined_in_two_files() -> None:
    places: dict[str, set[str]] = {}
    for path in files(PACKAGE / "static" / "src" / "css", ".css"):
        for name in _defined(path.read_text()):
            places.setdefault(name, set()).add(path.name)
    twice = {name: found - ABOUT_OTHERS for name, found in places.items()}
    assert {name: found for name, found in twice.items() if len(found) > 1} == {}


def _defined(styles: str) -> set[str]:
    """Return the classes that stand alone as a selector: `.a {`, and not `.b .a {` or `.a[x] {`."""
    rules = RULE.findall(COMMENT.sub("", styles))
    alone = {one.strip() for rule in rules for one in COMMA.split(rule)}
    return {selector for selector in alone if CLASS.fullmatch(selector)}
