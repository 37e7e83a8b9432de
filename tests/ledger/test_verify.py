"""Whatever is changed behind the application's back is found; what cannot be is said plainly."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from smartby.extensions import db
from smartby.ledger.canonical import canonical, entry_hash
from smartby.ledger.models import LedgerEntry, LedgerHead, LedgerPerson
from smartby.ledger.verify import check
from tests.ledger.chain import chain_of, newest, problems, run, tamper, town_id
from tests.people import user_id

E, H = LedgerEntry, LedgerHead
Breaking = Callable[[Flask, int, int], None]


def _columns(name: str, value: Any) -> Breaking:
    return lambda app, chain, seq: tamper(app, chain, seq, **{name: value})


def _one(app: Flask, chain: int, seq: int) -> Any:
    with app.app_context():
        return db.session.scalars(select(E).where(E.municipality_id == chain, E.seq == seq)).one()


def _entry_alone(app: Flask, chain: int, seq: int) -> None:
    content = json.loads(_one(app, chain, seq).entry) | {"to": "realised"}
    tamper(app, chain, seq, entry=canonical(content))


def _entry_with_its_hash(app: Flask, chain: int, seq: int) -> None:
    text = canonical(json.loads(_one(app, chain, seq).entry) | {"to": "realised"})
    tamper(app, chain, seq, entry=text, hash=entry_hash(text), to_value="realised")


def _another_person(app: Flask, chain: int, seq: int) -> None:
    tamper(app, chain, seq, actor_id=user_id(app, "amir"))


def _later(app: Flask, chain: int, seq: int) -> None:
    tamper(app, chain, seq, ts=_one(app, chain, seq).ts + timedelta(days=1))


def _delete(app: Flask, chain: int, seq: int) -> None:
    run(app, delete(E).where(E.municipality_id == chain, E.seq == seq))


def _delete_last(app: Flask, chain: int, seq: int) -> None:
    _delete(app, chain, newest(app, chain).seq)


def _delete_and_close_the_gap(app: Flask, chain: int, seq: int) -> None:
    last = newest(app, chain).seq
    _delete(app, chain, seq)
    for number in range(seq + 1, last + 1):
        tamper(app, chain, number, seq=number - 1)
    run(app, update(H).where(H.municipality_id == chain).values(seq=last - 1))


def _swap(app: Flask, chain: int, seq: int) -> None:
    for old, new in ((seq, 9999), (seq + 1, seq), (9999, seq + 1)):
        tamper(app, chain, old, seq=new)


def _swap_texts(app: Flask, chain: int, seq: int) -> None:
    one, other = _one(app, chain, seq), _one(app, chain, seq + 1)
    tamper(app, chain, seq, text=other.text, salt=other.salt)
    tamper(app, chain, seq + 1, text=one.text, salt=one.salt)


def _insert(app: Flask, chain: int, seq: int) -> None:
    """Put a forged entry beyond the head."""
    row = newest(app, chain)
    values = {column.name: getattr(row, column.name) for column in E.__table__.columns}
    values.pop("id")
    run(app, insert(E).values(**values | {"seq": row.seq + 1}))


def _silent_erasure(app: Flask, chain: int, seq: int) -> None:
    tamper(app, chain, seq, text=None, title=None, salt=None)


def _silent_forgetting(app: Flask, chain: int, seq: int) -> None:
    run(app, delete(LedgerPerson).where(LedgerPerson.municipality_id == chain))
    tamper(app, chain, seq, actor_id=None)


def _other_key(app: Flask, chain: int, seq: int) -> None:
    run(app, update(LedgerPerson).values(key="ab" * 32))


def _head_rewound(app: Flask, chain: int, seq: int) -> None:
    run(app, update(H).where(H.municipality_id == chain).values(seq=seq))


def _other_chain(app: Flask, chain: int, seq: int) -> None:
    # Numbered far away, so that only its own words tell where it belongs.
    tamper(app, chain, seq, municipality_id=town_id(app, "fjordvang"), seq=9999)


TAMPERING: dict[str, Breaking] = {
    "the text": _columns("text", "Vi ser ingen grunn til tiltak."),
    "the title": _columns("title", "Noe helt annet"),
    "the salt": _columns("salt", "00" * 16),
    "a salt that is none": _columns("salt", "ikke et salt"),
    "the type": _columns("type", "answer.given"),
    "the subject": _columns("subject", "contribution:77"),
    "where it led": _columns("to_value", "realised"),
    "where it came from": _columns("from_value", "parked"),
    "the office": _columns("actor_label", "ordfører"),
    "the hash": _columns("hash", "ab" * 32),
    "an entry that is no JSON": _columns("entry", "[" * 3000),
    "the time": _later,
    "who did it": _another_person,
    "the person's key": _other_key,
    "the entry alone": _entry_alone,
    "the entry and its hash": _entry_with_its_hash,
    "an entry deleted": _delete,
    "the last entry deleted": _delete_last,
    "an entry deleted and the gap closed": _delete_and_close_the_gap,
    "two entries in another order": _swap,
    "two texts exchanged": _swap_texts,
    "an entry put in": _insert,
    "a text erased in silence": _silent_erasure,
    "a person forgotten in silence": _silent_forgetting,
    "the head set back": _head_rewound,
    "an entry carried to another town": _other_chain,
}


def test_a_whole_chain_has_no_problems(app: Flask) -> None:
    assert problems(app, chain_of(app)) == []


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found(app: Flask, what: str) -> None:
    chain = chain_of(app)
    TAMPERING[what](app, chain, newest(app, chain).seq - 3)
    assert problems(app, chain) != []


def test_a_chain_rewritten_to_its_end_needs_published_checkpoints(app: Flask) -> None:
    """Documented in docs/ledger.md: whoever can write everything can write another history."""
    chain = chain_of(app)
    last = newest(app, chain).seq
    previous = _one(app, chain, last - 3).hash
    for seq in range(last - 2, last + 1):
        content = json.loads(_one(app, chain, seq).entry) | {"prev": previous, "to": "parked"}
        text = canonical(content)
        previous = entry_hash(text)
        tamper(app, chain, seq, entry=text, hash=previous, to_value="parked")
    run(app, update(H).where(H.municipality_id == chain).values(hash=previous))
    assert problems(app, chain) == []


def test_every_flipped_byte_of_an_entry_is_found(app: Flask) -> None:
    chain = chain_of(app, 2)
    row = _one(app, chain, newest(app, chain).seq)
    before = json.loads(row.entry)["prev"]
    columns = {column.name: getattr(row, column.name) for column in E.__table__.columns}
    with app.app_context():
        keys = {row.user_id: row.key for row in db.session.scalars(select(LedgerPerson))}
    assert list(check(SimpleNamespace(**columns), before, keys)) == []
    for place, character in enumerate(row.entry):
        for bit in (1, 2, 32):
            flipped = row.entry[:place] + chr(ord(character) ^ bit) + row.entry[place + 1 :]
            assert list(check(SimpleNamespace(**columns | {"entry": flipped}), before, keys))


def test_the_command_says_ok_and_exits_with_an_error_on_a_problem(app: Flask) -> None:
    chain = chain_of(app)
    runner = app.test_cli_runner()
    good = runner.invoke(args=["ledger", "verify"])
    assert good.exit_code == 0 and "ledger=ok" in good.output
    tamper(app, chain, newest(app, chain).seq, text="Noe annet enn det som ble sagt.")
    bad = runner.invoke(args=["ledger", "verify", "--town", "havnvik"])
    assert bad.exit_code == 1 and "the text does not match" in bad.output
    assert runner.invoke(args=["ledger", "verify", "--town", "fjordvang"]).exit_code == 0
    assert runner.invoke(args=["ledger", "verify", "--town", "ukjent"]).exit_code == 1
