"""Every mail reads well, whatever of it is left out: no sentence runs into the next."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from smartby.config import LANGUAGES

LETTERS = sorted(
    path.stem
    for path in Path(__file__).parents[2].glob("smartby/templates/mail/*.txt")
    if path.stem != "whom_to_ask"  # the end of others
)
ADDRESS = re.compile(r"(?<!\S)(https?://|[\w.]+@)\S+")
RUN_TOGETHER = re.compile(r"[.:!?»][^\W\d_]")


class Town(SimpleNamespace):
    """Some letters are given the town, others its name."""

    def __str__(self) -> str:
        return str(self.name)


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_runs_into_the_next(app: Flask, letter: str, lang: str) -> None:
    for there in product((True, False), repeat=2):
        text = written(app, letter, lang, *there)
        found = RUN_TOGETHER.search(ADDRESS.sub("", text))
        assert found is None, text[found.start() - 40 :][:80]
        assert "\n\n\n" not in text


@pytest.mark.parametrize("letter", ["workshop_moved", "workshop_reminder"])
def test_nobody_waits_for_a_seat_where_there_is_room_for_all(app: Flask, letter: str) -> None:
    def follows(whole: bool) -> bool:
        return "får neste" in written(app, letter, "nb", more=False, whole=whole)

    assert follows(True) and not follows(False)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("letter", ["workshop_moved", "workshop_reminder", "workshop_seat"])
def test_what_one_can_do_is_a_paragraph_of_its_own(app: Flask, letter: str, lang: str) -> None:
    for there in product((True, False), repeat=2):
        *_, place, _rest = written(app, letter, lang, *there).split("\n\n")
        assert "\n" not in place


def written(app: Flask, letter: str, lang: str, more: bool, whole: bool) -> str:
    """Write a letter, with or without what stands in some of them only."""
    link = "https://smartby.example/page"
    town = Town(
        name="Havnvik", email="post@havnvik.example" if more else "", phone="123" if whole else ""
    )
    workshop = SimpleNamespace(
        title="Lys i trappa", place="Biblioteket", seats=12 if whole else None,
        video_link=link if more else None,
    )  # fmt: skip
    made = [
        {"grouped": grouped, "kind": kind, "called": "«Trygg»", "title": "Lys", "address": link,
         "leaving": link}
        for grouped, kind in product((True, False), ("idea", "challenge"))
    ]  # fmt: skip
    said: dict[str, Any] = dict.fromkeys(
        ("name", "who", "day", "time", "role", "title", "reason", "email"), "Kari"
    ) | dict.fromkeys(("link", "address", "mine", "others"), link)
    said |= {"town": town, "workshop": workshop, "made": made, "waiting": more}
    said |= {"kind": "idea" if more else "challenge", "written_at": None}
    with app.test_request_context(), force_locale(lang):
        environment = app.jinja_env.overlay()
        environment.filters = {**app.jinja_env.filters, "day": str}
        text: str = environment.get_template(f"mail/{letter}.txt").render(**said)
        return text.strip()
