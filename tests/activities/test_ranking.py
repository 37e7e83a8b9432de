"""Ranking: moved up and down, taken out, and counted with a Condorcet winner told."""

from __future__ import annotations

from flask import Flask

from tests.activities.voting import OPTIONS, guests, scores_of, stored, votes, voting
from tests.facilitation.holding import drives, sees


def ranked(app: Flask, number: int) -> list[str]:
    said = sorted(stored(app, number)[2], key=lambda vote: vote.value)
    assert [vote.value for vote in said] == list(range(1, len(said) + 1))
    return [vote.item for vote in said]


def test_an_order_is_built_changed_and_shortened(app: Flask) -> None:
    _fatima, number = voting(app, "ranking")
    aud = guests(app, number, 1)[0]
    for mark, order in (
        ("option:1=1", "1"), ("option:2=2", "12"), ("option:3=1", "312"), ("option:2=2", "321"),
        ("option:2=2", "321"), ("option:3=9", "213"), ("option:1=x", "23"), ("option:1=x", "23"),
    ):  # fmt: skip
        assert votes(aud, number, mark).status_code == 303
        assert ranked(app, number) == [f"option:{place}" for place in order]


def test_the_winner_of_all_duels_is_told_beside_bordas(app: Flask) -> None:
    fatima, number = voting(app, "ranking", options=OPTIONS[:3])
    for place, who in enumerate(guests(app, number, 5)):
        order = (1, 2, 3) if place < 3 else (2, 3, 1)
        for at, item in enumerate(order, start=1):
            votes(who, number, f"option:{item}={at}")
    assert scores_of(app, number) == {"option:2": 7, "option:1": 6, "option:3": 2}
    drives(fatima, number, "reveal")
    shown = sees(fatima, number, "screen")
    assert f"Men to og to vinner «{OPTIONS[0]}» (Condorcet)." in shown and "også" not in shown
    assert shown.index(OPTIONS[1]) < shown.index("Men to og to")


def test_one_who_is_first_in_both_ways_is_said_to_win_again(app: Flask) -> None:
    fatima, number = voting(app, "ranking", options=OPTIONS[:3])
    for who in guests(app, number, 3):
        votes(who, number, "option:2=1")
    drives(fatima, number, "reveal")
    assert f"«{OPTIONS[1]}» vinner også når forslagene måles to og to" in sees(
        fatima, number, "console"
    )
