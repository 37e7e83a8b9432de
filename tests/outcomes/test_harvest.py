"""Harvesting: what is proposed, published once, in whose name, and who may."""

from __future__ import annotations

import re
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.contributions.models import Contribution
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Run
from smartby.ledger.models import LedgerEntry
from smartby.outcomes.models import Contributor, Outcome
from tests.facilitation.holding import does, drives, held, joins, run_of
from tests.outcomes.harvesting import CARDS, PAGE, closes, harvests, keys, reads, written
from tests.people import PASSWORD, Visitor
from tests.races import assert_books_are_right, at_once


def ideas(app: Flask) -> list[Contribution]:
    with app.app_context():
        return list(db.session.scalars(select(Contribution).order_by(Contribution.id)))


def test_only_what_the_room_has_seen_can_be_harvested(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    drives(fatima, number, "next")
    drives(fatima, number, "next")
    does(guest, number, "write", body=CARDS[0])
    assert keys(fatima, number) == []
    drives(fatima, number, "reveal")
    (card,) = keys(fatima, number)
    drives(fatima, number, "hide", card=card.partition(":")[2], reason="Dobbelt")
    assert keys(fatima, number) == []
    assert harvests(fatima, number, card).status_code == 422
    assert ideas(app) == []


def test_title_text_and_principles_are_proposed(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    form = PAGE.format(number=number, what="harvest/new")
    page = reads(fatima, f"{form}?pick={keys(fatima, number)[0]}")
    assert f'value="{CARDS[0]}"' in page
    assert "Dette kom fram på verkstedet" in page
    assert "checked" in page  # a principle that the text points to
    nothing = fatima.gets(f"{form}?pick=card:999&pick=;x")
    assert nothing.status_code == 422 and "Kryss av" in nothing.get_data(as_text=True)


def test_what_is_there_already_and_resembles_it_is_told_before_it_is_published(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    title = "Et verksted der barn kan reparere sykler"
    there = {"title": title, "body": "Med noen som kan det.", "principles": ["1"], "lang": "nb"}
    assert kari.posts("/havnvik/ideas", **there).status_code == 303
    number = written(app, fatima)
    form = PAGE.format(number=number, what="harvest/new")
    bikes, cafe = (reads(fatima, f"{form}?pick={key}") for key in sorted(keys(fatima, number)))
    assert "Ligner på dette" in bikes and f'lang="nb">{title}</a>' in bikes
    assert "0 støtter" in bikes and "Ligner på dette" not in cafe


def test_several_items_become_ideas_in_one_action_and_each_only_once(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    closes(fatima, number)
    picked = keys(fatima, number)
    assert len(picked) == 2
    for _turn in range(2):
        assert harvests(fatima, number, *picked, key="h" * 32).status_code == 303
    assert harvests(fatima, number, *picked).status_code == 303  # another key, the same items
    found = ideas(app)
    assert [(each.kind, each.source) for each in found] == [("idea", f"workshop:{number}")] * 2
    assert all(each.stage_id for each in found)
    assert keys(fatima, number) == []
    assert found[0].code in reads(fatima, PAGE.format(number=number, what="harvest"))
    with app.app_context():
        assert len(db.session.scalars(select(Outcome)).all()) == 2
        entered = db.session.scalars(
            select(LedgerEntry.entry).where(LedgerEntry.type == "idea.published")
        ).all()
    assert len(entered) == 2 and all(f'"source":"workshop:{number}"' in each for each in entered)
    assert_books_are_right(app)


def test_two_who_harvest_the_same_item_at_once_make_one_idea(app: Flask) -> None:
    fatima, hanne = Visitor(app, "fatima"), Visitor(app, "hanne")
    number = written(app, fatima)
    first = keys(fatima, number)[0]
    tokens = {who: who.token() for who in (fatima, hanne)}
    statuses = at_once(
        [partial(harvests, who, number, first, csrf_token=token) for who, token in tokens.items()]
    )
    assert statuses == [303, 303]
    assert len(ideas(app)) == 1
    assert_books_are_right(app)


def test_an_item_can_become_a_challenge_with_a_question_and_a_unit(app: Flask) -> None:
    fatima, hanne = Visitor(app, "fatima"), Visitor(app, "hanne")
    number = written(app, fatima)
    picked = keys(fatima, number)[0]
    page = reads(
        hanne, f"{PAGE.format(number=number, what='harvest')}/new?pick={picked}&as=challenge"
    )
    assert "Vei og trafikk" in page
    unit = page.partition('">Vei og trafikk')[0].rpartition('value="')[2]
    asked = {"item0-question": "Hvem kan lære bort?", "kind": "challenge", "unit": unit}
    assert harvests(hanne, number, picked, **asked).status_code == 303
    (challenge,) = ideas(app)
    assert challenge.kind == "challenge"
    page = reads(Visitor(app), f"/havnvik/challenges/{challenge.id}")
    assert (
        "Hvem kan lære bort?" in page and "Vei og trafikk" in page and "Kom fra et verksted" in page
    )


def test_a_form_that_is_wrong_comes_back_as_typed_and_publishes_nothing(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    picked = keys(fatima, number)
    wrong = {
        "item1-principles": [],
        "item0-title": "Kort",
        "item1-body": "Dette skrev jeg.",
    }
    answer = harvests(fatima, number, *picked, **wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "mellom 10 og 120 tegn" in page and "ett til tre prinsipper" in page
    assert "Dette skrev jeg." in page and 'value="Kort"' in page
    for pick in ("card:1;drop", "", "x" * 5000):
        assert harvests(fatima, number, pick).status_code == 422
    assert harvests(fatima, number, *picked, kind="song").status_code == 422
    assert ideas(app) == []


def test_who_asked_to_be_named_is_named_and_nobody_else_is(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    harvests(fatima, number, *keys(fatima, number))
    first, second = (reads(Visitor(app), f"/havnvik/ideas/{each.id}") for each in ideas(app))
    assert "Med bidrag fra Kari Solheim." in first and CARDS[0] in first
    assert "Med bidrag fra" not in second and "Jonas" not in second
    assert "Fatima Ali" in first


def test_whoever_is_named_can_take_the_name_away_and_nobody_else_can(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = written(app, fatima)
    harvests(fatima, number, *keys(fatima, number))
    idea = ideas(app)[0].id
    path = f"/havnvik/contributions/{idea}/contributors/removal"
    assert Visitor(app).gets(path).status_code in (302, 401)
    # The link stands there for everybody: whoever is not named is told so.
    other = reads(Visitor(app, "jonas"), path)
    assert "Navnet ditt står ikke her" in other and f'action="{path}"' not in other
    assert f'action="{path}"' in reads(kari, path)
    for _turn in range(2):
        assert kari.posts(path).status_code == 303
    assert "Kari Solheim" not in reads(Visitor(app), f"/havnvik/ideas/{idea}")


def test_nobody_is_named_under_strict_anonymity(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima, anonymity="strict")
    closes(fatima, number)
    harvests(fatima, number, *keys(fatima, number))
    with app.app_context():
        assert db.session.scalars(select(Contributor)).all() == []
        assert len(db.session.scalars(select(Outcome)).all()) == 2


def test_leaving_takes_the_name_away_and_the_export_tells_of_it(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = written(app, fatima)
    harvests(fatima, number, *keys(fatima, number))
    assert "harvested" in fatima.gets("/me/export").get_data(as_text=True)
    assert "named_on" in kari.gets("/me/export").get_data(as_text=True)
    assert kari.posts("/me/erasure", current=PASSWORD, sure="y").status_code == 303
    assert "Med bidrag fra" not in reads(Visitor(app), f"/havnvik/ideas/{ideas(app)[0].id}")
    with app.app_context():
        assert db.session.scalars(select(Contributor)).all() == []


def test_nothing_is_published_from_a_rehearsal(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    with app.app_context(), transaction():
        db.session.get_one(Run, number).rehearsal = True
    refused = harvests(fatima, number, *keys(fatima, number))
    assert refused.status_code == 422 and "Dette er en prøve" in refused.get_data(as_text=True)
    assert ideas(app) == []


def test_only_those_who_lead_may_harvest(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = written(app, fatima)
    picked = keys(fatima, number)
    for who in ("kari", "jonas", "ingrid", "olav", None):
        visitor = Visitor(app, who)
        assert visitor.gets(PAGE.format(number=number, what="harvest")).status_code in (403, 404)
        assert harvests(visitor, number, *picked).status_code in (403, 404)
    assert ideas(app) == []
    assert run_of(app, number).closed_at is None


@pytest.mark.parametrize(
    ("card", "ticked", "suggested"),
    [
        ("Et åpent toalett på torget", [], False),
        ("Legg ut brøytingen som datasett", [], True),  # one word: shown, and left to whoever leads
        ("Publiser brøytingen som åpne data på et kart", ["6"], True),
    ],
)
def test_a_principle_is_ticked_only_when_several_words_point_to_it(
    app: Flask, card: str, ticked: list[str], suggested: bool
) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    for _step in range(2):
        drives(fatima, number, "next")
    does(guest, number, "write", body=card)
    drives(fatima, number, "reveal")
    (key,) = keys(fatima, number)
    page = reads(fatima, PAGE.format(number=number, what=f"harvest/new?pick={key}"))
    picks = re.findall(r'name="item0-principles" value="(\d)"[^>]*?( checked)?>', page)
    assert [value for value, checked in picks if checked] == ticked
    assert re.findall(r'data-why="6"( hidden)?>', page) == ["" if suggested else " hidden"]
