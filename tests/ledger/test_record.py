"""Recording: canonical, pseudonymous, gapless under a crowd; erasing leaves the chain whole."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.ledger.canonical import canonical
from smartby.ledger.erasure import erase_person, erase_subject
from smartby.ledger.models import LedgerEntry, LedgerPerson
from tests.ledger.chain import chain_of, enter, newest, problems, town_id


def test_sixteen_at_once_leave_a_gapless_chain(app: Flask) -> None:
    chain = town_id(app)
    before = newest(app, chain).seq

    def write(writer: int) -> None:
        with app.app_context():
            for number in range(4):
                enter(chain, writer * 10 + number, "amir" if writer % 2 else "hanne")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(16)))
    assert newest(app, chain).seq == before + 64
    assert problems(app, chain) == []


def test_an_entry_holds_no_name_title_or_text(app: Flask) -> None:
    entry = newest(app, chain_of(app, 1))
    content = json.loads(entry.entry)
    assert canonical(content) == entry.entry
    for private in ("Ingrid", "Lys på", "Vi måler", "example.no"):
        assert private not in entry.entry
    assert len(content["actor"]) == 32 and content["office"] == "rådgiver, Vei og trafikk"


def test_one_person_has_another_name_in_another_town(app: Flask) -> None:
    chain = chain_of(app, 1)
    with app.app_context():
        enter(town_id(app, "fjordvang"), 1)
    names = {
        json.loads(newest(app, number).entry)["actor"]
        for number in (chain, town_id(app, "fjordvang"))
    }
    assert len(names) == 2


def test_erasing_what_an_entry_is_about_leaves_the_chain_whole(app: Flask) -> None:
    chain = chain_of(app)
    with app.app_context():
        assert perform(erase_subject, chain, "contribution:903") == 1
        gone = db.session.scalars(
            select(LedgerEntry).where(LedgerEntry.subject == "contribution:903")
        ).first()
        assert gone is not None
        assert (gone.text, gone.title, gone.salt) == (None, None, None)
    assert newest(app, chain).type == "content.erased"
    assert problems(app, chain) == []


def test_an_erased_citizen_is_nobody_and_the_chain_is_whole(app: Flask) -> None:
    chain = chain_of(app, 2, by="kari")
    with app.app_context():
        kari = db.session.scalars(select(User).where(User.email == "kari@example.no")).one()
        assert perform(erase_person, kari) == 2
        left = select(LedgerEntry.id).where(LedgerEntry.actor_id == kari.id)
        assert db.session.scalars(left).all() == []
        keys = select(LedgerPerson.key).where(LedgerPerson.user_id == kari.id)
        assert db.session.scalars(keys).all() == []
    assert newest(app, chain).text is None
    assert problems(app, chain) == []


def test_what_an_official_wrote_in_office_stays_when_the_account_goes(app: Flask) -> None:
    chain = chain_of(app, 2)
    with app.app_context():
        ingrid = db.session.scalars(select(User).where(User.email == "ingrid@example.no")).one()
        assert perform(erase_person, ingrid) == 0
        texts = db.session.scalars(
            select(LedgerEntry.text).where(LedgerEntry.subject == "contribution:901")
        ).all()
    assert texts == ["Vi måler farten ved skole nummer 1."]
    assert problems(app, chain) == []
