"""Names: kebab-case addresses, files named for what they hold, rooms known to the linter."""

from __future__ import annotations

import re
from configparser import ConfigParser

from flask import Flask

from tests.conventions.sources import PACKAGE, ROOT, modules

PARTS = {"routes", "live", "listeners", "forms", "actions", "queries", "access", "facts", "models"}
VAGUE = {"utils", "helpers", "common", "misc", "services", "managers"}
PLAIN = re.compile(r"[a-z0-9./-]*")


def test_addresses_are_kebab_case(app: Flask) -> None:
    fixed = {rule.rule: re.sub(r"<[^>]*>", "", rule.rule) for rule in app.url_map.iter_rules()}
    assert [rule for rule, text in fixed.items() if not PLAIN.fullmatch(text)] == []


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    named = {name: set(name.removesuffix(".py").split("/")) & VAGUE for name in modules()}
    assert {name: words for name, words in named.items() if words} == {}


def test_each_room_keeps_its_inner_directions() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    listed = config["importlinter:contract:inside-rooms"]["containers"].split()
    rooms = {path.parent.name for path in PACKAGE.glob("*/*.py") if path.stem in PARTS} - {"core"}
    assert {f"smartby.{room}" for room in rooms} - set(listed) == set(), "see setup.cfg"
