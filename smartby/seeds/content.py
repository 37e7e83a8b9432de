"""The demo's words: invented towns, people, ideas and comments, read from data files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that is planted, as written; times are days before or after today."""

    towns: list[Row]
    people: list[Row]
    challenges: list[Row]
    ideas: list[Row]
    comments: list[Row]
    residents: list[str]
    workshops: list[Row]


def read(folder: Path = FOLDER) -> Content:
    """Read the data files; a kind may be spread over several."""
    return Content(
        towns=_rows(folder, "towns.json"),
        people=_rows(folder, "people.json"),
        challenges=_rows(folder, "*challenges*.json"),
        ideas=_rows(folder, "*ideas*.json"),
        comments=_rows(folder, "*comments*.json"),
        residents=_rows(folder, "residents.json"),
        workshops=_rows(folder, "workshops.json"),
    )


def either(texts: Any, lang: str = "") -> str:
    """Return a text in this language when it is written in it, else in another, else nothing."""
    if isinstance(texts, dict):
        return str(texts.get(lang) or next((text for text in texts.values() if text), ""))
    return str(texts or "")


def _rows(folder: Path, pattern: str) -> list[Any]:
    files = sorted(folder.glob(pattern))
    return [row for file in files for row in json.loads(file.read_text("utf-8"))]
