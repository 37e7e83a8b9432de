"""All Norwegian municipalities and counties by number, from the shipped data file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "municipalities.json"
OTHER = DATA.with_name("other_names.json")


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or county as registered."""

    number: str
    name: str  # the Norwegian name
    names: tuple[str, ...]  # all registered parallel names
    kind: str
    county: str | None


@cache
def places() -> dict[str, Place]:
    """Return all 357 municipalities and 15 counties by number."""
    content = json.loads(DATA.read_text("utf-8"))
    found = {
        row["number"]: Place(
            row["number"],
            row.get("name_no", row["name"]),
            tuple(row["names"]),
            "municipality",
            row["county"],
        )
        for row in content["municipalities"]
    }
    for row in content["counties"]:
        found[row["number"]] = Place(
            row["number"], row.get("name_no", row["name"]), tuple(row["names"]), "county", None
        )
    return found


@cache
def place_names() -> frozenset[str]:
    """Return every word that is the name of a municipality or county, in small letters."""
    return frozenset(
        word.casefold() for place in places().values() for name in place.names
        for word in name.replace("-", " ").split()
    )  # fmt: skip


@cache
def other_names() -> dict[str, list[str]]:
    """Return what else people call places, by the present name: former, older, Sámi, inside it."""
    names: dict[str, list[str]] = json.loads(OTHER.read_text("utf-8"))["names"]
    return names
