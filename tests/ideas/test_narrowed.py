"""The numbers at the boxes: how many each leaves together with everything else that is chosen."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.ideas import narrowed
from tests.contributions import writing
from tests.people import Visitor


def boxes(app: Flask, query: str, name: str) -> dict[str, str]:
    html = Visitor(app).gets(f"/havnvik/ideas?{query}").get_data(as_text=True)
    box = rf'name="{name}" value="(\w+)".*?<span>([^<]*)(?:<small>|</span></label>)'
    return {value: n for value, n in re.findall(box, html, re.DOTALL) if n != "0"}


@pytest.fixture
def town(app: Flask) -> int:
    """Four ideas and a challenge that one of them answers."""
    asked = writing.challenge(app, "Hvor mangler det lys?")
    writing.idea(app, "Lys på gangveien i Lia", principles=(1, 3), goals=(11,), challenge=asked)
    moved = writing.idea(app, "Benker langs sjøen i vest", principles=(3,), goals=(3, 11))
    writing.idea(app, "Nattbuss hver fredag kveld", principles=(5,))
    writing.idea(app, "Mer lys på kaia", principles=(5, 1))
    writing.moved(app, moved, "under_review")
    return asked


def test_without_a_choice_every_idea_counts(app: Flask, town: int) -> None:
    assert boxes(app, "", "principle") == {"1": "2", "3": "2", "5": "2"}
    assert boxes(app, "", "stage") == {"received": "3", "under_review": "1"}
    assert boxes(app, "", "goal") == {"3": "1", "11": "2"}


def test_a_choice_narrows_the_other_boxes_but_not_its_own(app: Flask, town: int) -> None:
    query = "stage=received"
    assert boxes(app, query, "stage") == {"received": "3", "under_review": "1"}
    assert boxes(app, query, "principle") == {"1": "2", "3": "1", "5": "2"}
    assert boxes(app, query, "goal") == {"11": "1"}
    query = "principle=3"
    assert boxes(app, query, "principle") == {"1": "2", "3": "2", "5": "2"}
    assert boxes(app, query, "stage") == {"received": "1", "under_review": "1"}
    query = "principle=3&principle=5&stage=received"
    assert boxes(app, query, "principle") == {"1": "2", "3": "1", "5": "2"}
    assert boxes(app, query, "stage") == {"received": "3", "under_review": "1"}
    assert boxes(app, query, "goal") == {"11": "1"}
    assert boxes(app, f"challenge={town}", "principle") == {"1": "1", "3": "1"}


def test_words_narrow_every_box(app: Flask, town: int) -> None:
    assert boxes(app, "q=lys", "principle") == {"1": "2", "3": "1", "5": "1"}
    assert boxes(app, "q=lys&principle=5", "stage") == {"received": "1"}
    assert boxes(app, "q=lys&principle=5", "principle") == {"1": "2", "3": "1", "5": "1"}
    assert boxes(app, "q=lys+benk", "principle") == {}
    # Words that nobody has written have cost their statement: no numbers rather than wrong ones.
    for word in ("gangvie", "romskip"):
        assert set(boxes(app, f"q={word}", "principle").values()) == {""}


def test_a_choice_that_leaves_nothing_says_so_at_the_others(app: Flask, town: int) -> None:
    assert boxes(app, "goal=3&stage=received", "principle") == {}
    assert boxes(app, "goal=3&stage=received", "goal") == {"11": "1"}


def test_in_a_large_town_the_numbers_say_that_there_may_be_more(
    app: Flask, town: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowed, "MOST", 2)
    assert "1+" in boxes(app, "stage=received", "principle").values()
    assert boxes(app, "stage=received", "stage") == {"received": "3", "under_review": "1"}
