"""Statements: one at a time, and a map with groups of at least five."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.activities.voting import OPTIONS, count_of, guests, votes, voting
from tests.facilitation.holding import drives, sees


def test_two_camps_of_five_are_drawn_with_what_unites_and_divides(app: Flask) -> None:
    fatima, number = voting(app, "statements")
    people = guests(app, number, 11)
    for place, who in enumerate(people[:10]):
        camp = 1 if place < 5 else -1
        for item, said in ((1, 1), (2, camp), (3, -camp), (4, 0)):
            assert votes(who, number, f"option:{item}={said}").status_code == 303
    assert "Ferdig. Takk for svarene." in sees(people[0], number)
    drives(fatima, number, "reveal")
    found = count_of(app, number).special
    assert [group.people for group in found.groups] == [5, 5]
    assert (found.unites, set(found.divides)) == (["option:1"], {"option:2", "option:3"})
    for page in ("console", "screen"):
        shown = sees(fatima, number, page)
        assert "Gruppe A: 5 personer" in shown and "Dette samler" in shown
        assert "A 100 %, B 100 %" in shown
    assert OPTIONS[0] in sees(people[0], number)


def test_four_people_make_no_map(app: Flask) -> None:
    fatima, number = voting(app, "statements")
    for who in guests(app, number, 4):
        for item in (1, 2, 3, 4):
            votes(who, number, f"option:{item}=1")
    drives(fatima, number, "reveal")
    shown = sees(fatima, number, "screen")
    assert "Kartet tegnes når minst 5 har svart." in shown and "sb-map" not in shown


@pytest.mark.parametrize(
    ("agree", "word"), [(10, "Stor enighet"), (9, "Stor enighet"), (8, "Delte meninger"),
                        (6, "Stor uenighet")],
)  # fmt: skip
def test_of_agree_and_disagree_the_sides_alone_tell(app: Flask, agree: int, word: str) -> None:
    fatima, number = voting(app, "statements")
    for place, who in enumerate(guests(app, number, 12)):
        said = 0 if place > 9 else 1 if place < agree else -1  # two pass, and are on no side
        votes(who, number, f"option:1={said}")
    drives(fatima, number, "reveal")
    assert f"· {word}<" in sees(fatima, number, "console")
