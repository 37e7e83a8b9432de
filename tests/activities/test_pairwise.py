"""Two at a time: each is asked about pairs of their own, and about no others."""

from __future__ import annotations

import re

from flask import Flask

from tests.activities.voting import count_of, guests, stored, votes, voting
from tests.facilitation.holding import sees
from tests.people import Visitor

PAIR = re.compile(r'name="mark" value="(option:\d\|option:\d)=1"')


def asked(guest: Visitor, number: int) -> str | None:
    found = PAIR.search(sees(guest, number))
    return found[1] if found else None


def test_one_goes_through_the_pairs_and_can_undo_the_last(app: Flask) -> None:
    _fatima, number = voting(app, "pairwise")
    aud = guests(app, number, 1)[0]
    pairs = []
    while pair := asked(aud, number):
        assert votes(aud, number, f"{pair}=1").status_code == 303
        pairs.append(pair)
    assert len({frozenset(pair.split("|")) for pair in pairs}) == 6
    assert "Ferdig. Takk for hjelpen." in sees(aud, number)
    assert votes(aud, number, f"{pairs[-1]}=x").status_code == 303
    assert asked(aud, number) == pairs[-1]


def test_one_is_asked_no_more_than_the_rules_say(app: Flask) -> None:
    _fatima, number = voting(app, "pairwise", budget=2)
    aud = guests(app, number, 1)[0]
    first = asked(aud, number)
    votes(aud, number, f"{first}=1")
    votes(aud, number, f"{asked(aud, number)}=0")
    assert asked(aud, number) is None
    assert votes(aud, number, f"{first}=-1").status_code == 303  # changing one's mind costs nothing
    turned = "|".join(reversed(str(first).split("|")))
    assert votes(aud, number, f"{turned}=1").status_code == 303  # the same, said the other way
    assert sorted(vote.value for vote in stored(app, number)[2]) == [-1, 0]
    assert votes(aud, number, "option:1|option:1=1").status_code == 422
    assert {line.score for line in count_of(app, number).lines} == {None}  # too few to say
