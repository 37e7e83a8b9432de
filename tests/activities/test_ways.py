"""How a card came, on paper or by another's hand, is said wherever the card is shown."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask

from tests.activities.playing import heard, ids, presses, shows_screen, told
from tests.activities.test_grouping import picks
from tests.activities.voting import guests, sets, votes
from tests.facilitation.holding import drives, held, joins, listens, run_of, sees
from tests.facilitation.test_everyone import adds_proxy
from tests.outcomes.harvesting import PAGE, announce, closes, harvests, keys, reads
from tests.outcomes.test_harvest import ideas
from tests.outcomes.test_minutes import cells, files
from tests.people import Visitor

PAPER, PROXY = "Benker i sola", "Flere trær på torget"
FROM_PAPER, FOR_ANOTHER = "fra papir", "skrevet for en uten telefon"


def written(app: Flask, kind: str, **rules: Any) -> tuple[Visitor, int, Visitor]:
    """Hold a workshop in which a card came on paper, and one was written for somebody else."""
    fatima = Visitor(app, "fatima")
    steps = (("brainstorm", "Hva mangler?"), (kind, "Så?"), ("dots", "Stem"))
    number = held(fatima, steps)
    sets(app, number, **rules)
    aud = joins(app, number)
    drives(fatima, number, "next")
    activity = str(run_of(app, number).activity_id)
    sheet = f"/havnvik/workshops/{number}/paper"
    pasted = fatima.posts(sheet, lines=PAPER, activity=activity, sure="yes")
    assert pasted.status_code == 303, pasted.get_data(as_text=True)[-2000:]
    proxy = adds_proxy(fatima, number)
    assert fatima.posts(proxy, do="write", activity=activity, body=PROXY).status_code == 303
    assert drives(fatima, number, "reveal").status_code == 303
    drives(fatima, number, "next")
    return fatima, number, aud


def test_a_grouping_says_how_cards_came_to_all_who_look(app: Flask) -> None:
    fatima, number, aud = written(app, "grouping")
    projector = shows_screen(app, number)
    views = ((aud, "room"), (fatima, "console"), (projector, "screen"))
    for visitor, view in views:
        page = sees(visitor, number, view)
        assert FROM_PAPER in page and FOR_ANOTHER in page, view
    room, _ = listens(app, aud, f"room:{number}")
    heard(app, room)
    drives(fatima, number, "together", **picks(app, PAPER, PROXY))
    assert FROM_PAPER in told(heard(app, room))
    for visitor, view in views:
        assert FROM_PAPER in sees(visitor, number, view), view
    drives(fatima, number, "next")
    for visitor, view in ((aud, "room"), (projector, "screen")):
        page = sees(visitor, number, view)
        assert FROM_PAPER in page and FOR_ANOTHER in page, view


@pytest.mark.parametrize("kind", ["dots", "approval", "score", "ranking", "statements"])
def test_a_vote_on_cards_says_how_each_came(app: Flask, kind: str) -> None:
    fatima, number, aud = written(app, kind)
    page = sees(aud, number)
    assert FROM_PAPER in page and (kind == "statements" or FOR_ANOTHER in page)
    if kind != "statements":
        assert FROM_PAPER in sees(shows_screen(app, number), number, "screen")
    drives(fatima, number, "reveal")
    content = json.loads(files(fatima, number)["minutes.json"])
    vote = content["activities"][1]
    at = vote["columns"].index("Kom inn")
    said = {row[vote["columns"].index("Hva")]: row[at] for row in vote["rows"]}
    assert (said[PAPER], said[PROXY]) == (FROM_PAPER, FOR_ANOTHER)


@pytest.mark.parametrize("kind", ["dots", "approval", "score", "ranking"])
def test_a_result_says_how_each_card_came_wherever_it_is_told(app: Flask, kind: str) -> None:
    fatima, number, aud = written(app, kind)
    drives(fatima, number, "reveal")
    projector = shows_screen(app, number)
    for visitor, view in ((aud, "room"), (fatima, "console"), (projector, "screen")):
        page = sees(visitor, number, view)
        # On phones and on the console the table says it too.
        times = 1 if view == "screen" else 2
        assert page.count(FROM_PAPER) == page.count(FOR_ANOTHER) == times, view
        assert page.count(f'<span class="sb-way">{FROM_PAPER}</span>') == times, view
    closes(fatima, number)
    page = reads(fatima, PAGE.format(number=number, what="minutes"))
    vote = page.partition(">Så?<")[2]
    assert f'<span class="sb-way">{FROM_PAPER}</span>' in vote
    assert f'<span class="sb-way">{FOR_ANOTHER}</span>' in vote


def test_what_one_counts_by_hand_says_it_too(app: Flask) -> None:
    fatima, number, _aud = written(app, "grouping")
    drives(fatima, number, "together", **picks(app, PAPER, PROXY))
    drives(fatima, number, "next")
    page = sees(fatima, number, "paper-ballots")
    assert page.count(FROM_PAPER) == page.count(FOR_ANOTHER) == 1


def test_the_minutes_and_their_files_say_it(app: Flask) -> None:
    fatima, number, _aud = written(app, "grouping")
    drives(fatima, number, "together", **picks(app, PAPER))
    drives(fatima, number, "next")
    (bo,) = guests(app, number, 1)
    votes(bo, number, "group:1=1")
    closes(fatima, number)
    found = files(fatima, number)
    page = reads(fatima, PAGE.format(number=number, what="minutes"))
    assert page.count(FROM_PAPER) == 2  # in the brainstorm and in the grouping
    assert found["minutes.csv"].decode("utf-8-sig").count(f'"Kom inn";"{FROM_PAPER}"') == 2
    assert "Kom inn" in cells(found["minutes.xlsx"]) and FROM_PAPER in cells(found["minutes.xlsx"])
    steps = json.loads(found["minutes.json"])["activities"]
    assert steps[0]["rows"] == [[PAPER, FROM_PAPER], [PROXY, FOR_ANOTHER]]


def test_the_card_that_all_look_at_says_how_it_came(app: Flask) -> None:
    fatima, number, aud = written(app, "grouping")
    drives(fatima, number, "back")
    projector = shows_screen(app, number)
    drives(fatima, number, "spotlight", card=str(ids(app)[PROXY]))
    for visitor, view in ((aud, "room"), (projector, "screen")):
        spot = re.search(r'<figure class="sb-spot">.*?</figure>', sees(visitor, number, view), re.S)
        assert spot is not None and PROXY in spot[0] and FOR_ANOTHER in spot[0], view
    console = sees(fatima, number, "console")
    row = re.search(r'<div class="sb-row sb-spotrow">.*?</div>', console, re.S)
    assert row is not None and FOR_ANOTHER in row[0]


def test_what_is_harvested_and_its_idea_say_it(app: Flask) -> None:
    fatima, number, _aud = written(app, "grouping")
    drives(fatima, number, "together", **picks(app, PAPER, PROXY))
    announce(app, number)
    closes(fatima, number)
    page = sees(fatima, number, "harvest")
    assert page.count(FROM_PAPER) == page.count(FOR_ANOTHER) == 1
    (key,) = keys(fatima, number)
    proposal = fatima.gets(PAGE.format(number=number, what="harvest/new") + f"?pick={key}")
    assert f"{PAPER} ({FROM_PAPER})" in proposal.get_data(as_text=True)
    assert harvests(fatima, number, key).status_code == 303
    idea = reads(Visitor(app), f"/havnvik/ideas/{ideas(app)[-1].id}")
    assert idea.count(FROM_PAPER) == idea.count(FOR_ANOTHER) == 1


def test_a_card_that_is_harvested_alone_says_it_too(app: Flask) -> None:
    fatima, number, _aud = written(app, "dots")
    page = sees(fatima, number, "harvest")
    assert page.count(FROM_PAPER) == page.count(FOR_ANOTHER) == 1


def test_where_all_wrote_on_their_own_phones_there_is_no_such_column(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("brainstorm", "Hva mangler?"),))
    aud = joins(app, number)
    drives(fatima, number, "next")
    aud.posts(
        PAGE.format(number=number, what="room"), do="write", body=PAPER,
        activity=str(run_of(app, number).activity_id),
    )  # fmt: skip
    drives(fatima, number, "reveal")
    steps = json.loads(files(fatima, number)["minutes.json"])["activities"]
    assert steps[0]["columns"] == ["Lapp"] and steps[0]["rows"] == [[PAPER]]


def test_questions_say_it_too(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("questions", "Spør"),))
    drives(fatima, number, "next")
    aud, proxy = joins(app, number), adds_proxy(fatima, number)
    activity = str(run_of(app, number).activity_id)
    assert fatima.posts(proxy, do="write", activity=activity, body=PROXY).status_code == 303
    for visitor, view in ((aud, "room"), (fatima, "console")):
        assert FOR_ANOTHER in sees(visitor, number, view)
    assert FOR_ANOTHER in sees(shows_screen(app, number), number, "screen")
    presses(fatima, number, "answer", 1)
    steps = json.loads(files(fatima, number)["minutes.json"])["activities"]
    assert steps[0]["rows"][0][-1] == FOR_ANOTHER
