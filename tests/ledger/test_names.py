"""Another name: told where its bearer decides, never a colleague's, not put under the past."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from smartby.core.transaction import perform, transaction
from smartby.extensions import db
from smartby.ledger.listeners import NAME_CHANGED
from smartby.ledger.models import LedgerEntry
from smartby.municipalities.actions import give_role, take_role
from smartby.municipalities.models import Member, Municipality, Unit
from tests.ledger.chain import chain_of, newest, problems, town_id
from tests.people import PASSWORD, Visitor, user_id


def _renames(visitor: Visitor, name: str) -> int:
    return visitor.posts("/me/profile", name=name, language="nb").status_code


def _changes(app: Flask, slug: str = "havnvik") -> list[tuple[str | None, str | None]]:
    query = select(LedgerEntry.title, LedgerEntry.text).where(
        LedgerEntry.municipality_id == town_id(app, slug), LedgerEntry.type == NAME_CHANGED
    )
    with app.app_context():
        return [(row.title, row.text) for row in db.session.execute(query)]


def _read(app: Flask, path: str) -> str:
    return Visitor(app).gets(path).get_data(as_text=True)


def test_who_holds_a_role_changes_their_name_in_the_open(app: Flask) -> None:
    assert _renames(Visitor(app, "ingrid"), "Ingrid Moe Vik") == 303
    assert _changes(app) == [("Ingrid Moe", "Ingrid Moe Vik")]
    assert _changes(app, "fjordvang") == []
    page = _read(app, "/havnvik/log")
    assert "<strong>Byttet navn</strong> fra Ingrid Moe til Ingrid Moe Vik" in page
    seq = newest(app, town_id(app)).seq
    assert "fra Ingrid Moe til Ingrid Moe Vik" in _read(app, f"/havnvik/log/{seq}")
    assert problems(app, town_id(app)) == []


def test_the_language_alone_is_nobodys_business(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    assert ingrid.posts("/me/profile", name="Ingrid Moe", language="nn").status_code == 303
    assert _changes(app) == []


def test_a_citizens_name_is_their_own(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.has_idea()
    assert _renames(kari, "Kari S. Dahl") == 303
    assert _changes(app) == []


def test_who_has_decided_is_seen_also_when_the_role_is_over(app: Flask) -> None:
    chain_of(app, 1)
    with app.app_context():
        member = db.session.scalars(
            select(Member).where(Member.user_id == user_id(app, "ingrid"))
        ).one()
        perform(take_role, db.session.get_one(Municipality, town_id(app)), member)
    assert _renames(Visitor(app, "ingrid"), "Ingrid Vik") == 303
    assert _changes(app) == [("Ingrid Moe", "Ingrid Vik")]


def test_every_town_of_office_is_told(app: Flask) -> None:
    with app.app_context(), transaction():
        fjordvang = db.session.get_one(Municipality, town_id(app, "fjordvang"))
        ingrid = db.session.get_one(Member, _member(app, "ingrid")).user
        give_role(fjordvang, ingrid, "facilitator")
    assert _renames(Visitor(app, "ingrid"), "Ingrid Vik") == 303
    assert _changes(app) == _changes(app, "fjordvang") == [("Ingrid Moe", "Ingrid Vik")]


def _member(app: Flask, key: str) -> int:
    found = db.session.scalar(select(Member.id).where(Member.user_id == user_id(app, key)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "name", ["Hanne Lunde", " hanne  LUNDE ", "Ｈanne Lunde", "Amir Hosseini", "fatima ali"]
)
def test_a_colleagues_name_is_refused_with_words(app: Flask, name: str) -> None:
    ingrid = Visitor(app, "ingrid")
    answer = ingrid.posts("/me/profile", name=name, language="nb")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "En annen som har en rolle samme sted, heter dette." in page
    assert _changes(app) == []
    assert 'value="Ingrid Moe"' in ingrid.gets("/me/profile").get_data(as_text=True)


def test_names_of_other_towns_and_of_citizens_are_free(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    assert _renames(ingrid, "Olav Tveit") == 303
    assert _renames(ingrid, "Kari Solheim") == 303
    assert _renames(ingrid, "kari solheim") == 303  # one's own, written otherwise


def test_what_was_decided_is_signed_as_it_was(app: Flask) -> None:
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        number = Visitor(app, "kari").has_idea()
        ingrid = Visitor(app, "ingrid")
        _answers(app, ingrid, number, "Vi måler farten i uke 46.")
        clock.shift(2)
        assert _renames(ingrid, "Ingrid Vik") == 303
        clock.shift(2)
        _answers(app, ingrid, number, "Farten er målt, og vi bygger i mars.")
        clock.shift(2)
        assert _renames(ingrid, "Ingrid Lie") == 303
        page = _read(app, f"/havnvik/ideas/{number}")
    assert re.findall(r"<strong>(Ingrid \w+)</strong>", page) == ["Ingrid Vik", "Ingrid Moe"]
    assert re.findall(r"signert av (Ingrid \w+)", page) == ["Ingrid Vik", "Ingrid Moe"]


def _answers(app: Flask, visitor: Visitor, number: int, body: str) -> None:
    with app.app_context():
        unit = db.session.scalar(select(Unit.id).where(Unit.municipality_id == town_id(app)))
    where = f"/havnvik/contributions/{number}/answers"
    assert visitor.posts(where, unit=unit, lang="nb", body=body).status_code == 303


def test_an_erased_account_takes_every_name_along(app: Flask) -> None:
    number, ingrid = Visitor(app, "kari").has_idea(), Visitor(app, "ingrid")
    _answers(app, ingrid, number, "Vi måler farten i uke 46.")
    assert _renames(ingrid, "Ingrid Vik") == 303
    assert ingrid.posts("/me/erasure", current=PASSWORD, sure="y").status_code == 303
    assert _changes(app) == [(None, None)]
    for path in (f"/havnvik/ideas/{number}", "/havnvik/log"):
        page = _read(app, path)
        assert "Ingrid" not in page
    assert "<strong>Tidligere bruker</strong>" in _read(app, f"/havnvik/ideas/{number}")
    assert problems(app, town_id(app)) == []
