"""The board: right counts, for the town's staff only, at the same cost however full it is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from smartby.contributions.models import Contribution
from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.pipeline.models import Stage
from tests.people import Visitor, user_id
from tests.pipeline.board import REASON, at, count, lane, move, stages
from tests.statements import counted


def _page(visitor: Visitor, query: str = "") -> str:
    answer = visitor.gets(f"/havnvik/board{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def _fill(app: Flask, stage: int, number: int) -> None:
    """Put many plain ideas in a lane, by bulk."""
    author = user_id(app, "kari")
    moment = now()
    rows: list[dict[str, Any]] = [
        {
            "kind": "idea", "code": f"HVN-2026-9{stage:02}{place:04}", "title": f"Idé {place}",
            "excerpt": "", "author_id": author, "stage_id": stage, "municipality_id": 1,
            "published_at": moment, "stage_since": moment - timedelta(minutes=place // 3),
        }
        for place in range(number)
    ]  # fmt: skip
    with app.app_context(), transaction():
        db.session.execute(insert(Contribution.__table__), rows)  # type: ignore[arg-type]


def _change(app: Flask, number: int, **values: Any) -> None:
    with app.app_context(), transaction():
        where = update(Contribution).where(Contribution.id == number)
        db.session.execute(where.values(**values))


@pytest.mark.parametrize("who", ["kari", "fatima", "olav"])
def test_the_board_is_for_the_towns_staff(app: Flask, who: str) -> None:
    visitor = Visitor(app, who)
    assert visitor.gets("/havnvik/board").status_code == 403
    assert visitor.gets("/havnvik/board/lanes/1").status_code == 403


def test_whoever_is_not_signed_in_is_asked_to(app: Flask) -> None:
    answer = Visitor(app).gets("/havnvik/board")
    assert answer.status_code == 302 and "/sign-in" in answer.location


def test_cards_stand_in_their_lanes_and_are_counted(app: Flask) -> None:
    kari, ingrid, ids = Visitor(app, "kari"), Visitor(app, "ingrid"), stages(app)
    numbers = [kari.has_idea(f"Lys på gangvei nummer {n}") for n in range(4)]
    at(ingrid, numbers[0], "exploring")
    move(ingrid, numbers[1], ids["not_pursued"], ids["received"], reason=REASON)
    page = _page(ingrid)
    assert lane(page, ids["received"]) == [numbers[2], numbers[3]]
    assert lane(page, ids["exploring"]) == [numbers[0]]
    counts = {key: count(page, stage) for key, stage in ids.items()}
    assert {key for key, number in counts.items() if number == 1} == {"exploring", "not_pursued"}
    assert counts["received"] == 2


def test_withdrawn_and_hidden_ones_are_not_on_the_board(app: Flask) -> None:
    kari, ids = Visitor(app, "kari"), stages(app)
    number, other = kari.has_idea(), kari.has_idea("En annen idé om noe helt annet")
    _change(app, number, withdrawn_at=now())
    _change(app, other, hidden_at=now())
    page = _page(Visitor(app, "ingrid"))
    assert lane(page, ids["received"]) == [] and count(page, ids["received"]) == 0


def test_a_late_card_says_so_and_can_be_found(app: Flask) -> None:
    kari, ingrid, ids = Visitor(app, "kari"), Visitor(app, "ingrid"), stages(app)
    number = kari.has_idea("Denne er for sen til svar")
    kari.has_idea("Denne har god tid på seg")
    _change(app, number, due_at=now() - timedelta(days=2))
    page = _page(ingrid)
    assert "2 d for sent" in page and "dag 1 av 14" in page
    assert lane(_page(ingrid, "?late=1"), ids["received"]) == [number]
    assert lane(_page(ingrid, "?q=GOD TID"), ids["received"]) != [number]
    assert lane(_page(ingrid, "?q=for+sen"), ids["received"]) == [number]
    assert lane(_page(ingrid, "?q=%25"), ids["received"]) == []


def test_the_due_words_follow_the_days(app: Flask) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    number = kari.has_idea()
    for days, words in ((3, "3 d igjen"), (0, "siste dag"), (-1, "1 d for sent")):
        _change(app, number, due_at=now() + timedelta(days=days))
        with app.app_context():
            from smartby.core import fragments

            fragments.clear()
        assert words in _page(ingrid)


def test_an_answered_card_is_not_called_late_but_waits_for_a_decision(app: Flask) -> None:
    ingrid, number = Visitor(app, "ingrid"), Visitor(app, "kari").has_idea()
    _change(app, number, due_at=now() - timedelta(days=2), answer_count=1)
    page = _page(ingrid)
    assert "for sent" not in page
    assert "avgjørelse venter, 2 d over" in page


def test_too_many_in_a_lane_is_told_with_words(app: Flask) -> None:
    kari, ids = Visitor(app, "kari"), stages(app)
    kari.has_idea()
    kari.has_idea("En annen idé om noe helt annet")
    with app.app_context(), transaction():
        where = update(Stage).where(Stage.id == ids["received"])
        db.session.execute(where.values(advised_most=1))
    assert "av anbefalt 1" in _page(Visitor(app, "ingrid"))


def test_a_full_lane_is_read_to_its_end_page_by_page(app: Flask) -> None:
    ids, ingrid = stages(app), Visitor(app, "ingrid")
    _fill(app, ids["piloting"], 130)
    page = _page(ingrid)
    seen = lane(page, ids["piloting"])
    assert len(seen) == 50 and "Vis 80 til" in page
    while further := re.search(r'data-more href="([^"]+)"', page):
        page = ingrid.gets(further[1].replace("&amp;", "&")).get_data(as_text=True)
        seen += [int(number) for number in re.findall(r'id="bcard-(\d+)"', page)]
    assert len(seen) == len(set(seen)) == 130
    assert ingrid.gets("/havnvik/board/lanes/999").status_code == 404
    foreign = stages(app, "fjordvang")["piloting"]
    assert ingrid.gets(f"/havnvik/board/lanes/{foreign}").status_code == 404
    assert ingrid.gets(f"/havnvik/board/lanes/{ids['piloting']}?after=made-up").status_code == 422


def test_what_is_late_comes_first_and_what_nobody_waits_for_last(app: Flask) -> None:
    kari, ingrid, ids = Visitor(app, "kari"), Visitor(app, "ingrid"), stages(app)
    soon, later, late, latest, free, freed = [
        kari.has_idea(f"Lys på gangvei nummer {n}") for n in range(6)
    ]
    for number, days in ((soon, 2), (later, 9), (late, -1), (latest, -8)):
        _change(app, number, due_at=now() + timedelta(days=days))
    for number, days in ((free, 3), (freed, 1)):
        _change(app, number, due_at=None, stage_since=now() - timedelta(days=days))
    assert lane(_page(ingrid), ids["received"]) == [latest, late, soon, later, freed, free]


def test_a_lane_of_both_kinds_is_read_to_its_end_in_order(app: Flask) -> None:
    ids, ingrid = stages(app), Visitor(app, "ingrid")
    _fill(app, ids["piloting"], 130)
    with app.app_context(), transaction():
        some = update(Contribution).where(Contribution.id % 2 == 0)
        due = now() + timedelta(days=3)
        db.session.execute(some.values(due_at=due))
    page = _page(ingrid)
    seen = lane(page, ids["piloting"])
    while further := re.search(r'data-more href="([^"]+)"', page):
        page = ingrid.gets(further[1].replace("&amp;", "&")).get_data(as_text=True)
        seen += [int(number) for number in re.findall(r'id="bcard-(\d+)"', page)]
    assert len(seen) == len(set(seen)) == 130
    assert [number % 2 for number in seen] == [0] * 65 + [1] * 65
    assert seen[:65] == sorted(seen[:65])


def test_the_board_costs_the_same_however_full_it_is(app: Flask) -> None:
    ids, ingrid = stages(app), Visitor(app, "ingrid")
    Visitor(app, "kari").has_idea()
    _page(ingrid)
    with counted(app) as few:
        _page(ingrid)
    for stage in ids.values():
        _fill(app, stage, 40)
    with counted(app) as many:
        _page(ingrid)
    assert len(many) == len(few) <= 9


def test_every_choice_says_what_it_requires(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    page = _page(Visitor(app, "ingrid"))
    assert f'name="to" value="{ids["under_review"]}"' in page
    refusal = f'/havnvik/contributions/{number}/moves/new?to={ids["not_pursued"]}"'
    assert refusal in page and "Krever offentlig begrunnelse" in page


def test_a_choice_works_without_script(app: Flask) -> None:
    number, ids = Visitor(app, "kari").has_idea(), stages(app)
    ingrid = Visitor(app, "ingrid")
    page = _page(ingrid)
    action = re.search(rf'formaction="(/havnvik/contributions/{number}/moves[^"]*)"', page)
    assert action
    answer = ingrid.posts(action[1].replace("&amp;", "&"), to=ids["under_review"])
    assert answer.status_code == 303 and answer.location.endswith(f"/board#bcard-{number}")
    assert lane(_page(ingrid), ids["under_review"]) == [number]
