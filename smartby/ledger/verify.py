"""Verifying chains: every hash, link, number and text, in batches: length costs no memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, select

from ..extensions import db
from .canonical import GENESIS, body_hash, canonical, entry_hash, person_hash, stamp, title_hash
from .models import LedgerEntry, LedgerHead, LedgerPerson

BATCH = 2000
ENTRY, HEAD, PERSON = LedgerEntry.__table__, LedgerHead.__table__, LedgerPerson.__table__
HEAD_OF = select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.municipality_id == bindparam("chain"))
NEWEST = select(func.max(ENTRY.c.seq)).where(ENTRY.c.municipality_id == bindparam("chain"))
KEYS = select(PERSON.c.user_id, PERSON.c.key).where(PERSON.c.municipality_id == bindparam("chain"))
BEYOND = (
    select(ENTRY)
    .where(
        ENTRY.c.municipality_id == bindparam("chain"),
        ENTRY.c.seq > bindparam("after"),
        ENTRY.c.seq <= bindparam("upto"),
    )
    .order_by(ENTRY.c.seq)
    .limit(BATCH)
)
# Columns that repeat a field of the hashed entry, for reading and searching.
REPEATED = {
    "municipality_id": "chain", "seq": "seq", "type": "type", "subject": "subject",
    "from_value": "from", "to_value": "to", "actor_label": "office",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a chain, and where."""

    chain: int
    seq: int
    what: str

    def __str__(self) -> str:
        return f"chain {self.chain}, entry {self.seq}: {self.what}"


@dataclass
class Missing:
    """Texts and names that are gone, and those that an erasure entry accounts for."""

    texts: set[int] = field(default_factory=set)
    people: dict[str, int] = field(default_factory=dict)  # pseudonym → an entry that bears it
    erased_texts: set[int] = field(default_factory=set)
    erased_people: set[str] = field(default_factory=set)

    def unaccounted(self) -> Iterator[tuple[int, str]]:
        """Yield what is gone without an entry that says so."""
        for seq in sorted(self.texts - self.erased_texts):
            yield seq, "a text is gone and no entry says that it was erased"
        for name, seq in self.people.items():
            if name not in self.erased_people:
                yield seq, "the person is gone and no entry says that they were erased"


def verify(chain: int) -> Iterator[Problem]:
    """Yield every problem of a municipality's chain; nothing when it is whole."""
    head = db.session.execute(HEAD_OF, {"chain": chain}).one_or_none()
    if head is None:
        yield Problem(chain, 0, "the chain has no head")
        return
    keys = {row.user_id: row.key for row in db.session.execute(KEYS, {"chain": chain})}
    missing = Missing()
    walk = _walk(_entries(chain, head.seq), head, keys, missing)
    yield from (Problem(chain, *found) for found in walk)
    yield from (Problem(chain, *found) for found in missing.unaccounted())
    yield from _beyond_head(chain)


def chains() -> list[int]:
    """Return the municipalities that have a chain."""
    return list(db.session.scalars(select(HEAD.c.municipality_id).order_by(HEAD.c.municipality_id)))


def _walk(
    rows: Iterator[Any], head: Any, keys: dict[int, str], missing: Missing
) -> Iterator[tuple[int, str]]:
    expected, previous = 1, GENESIS
    for row in rows:
        if row.seq != expected:
            yield expected, "the entry is missing"
        yield from ((row.seq, what) for what in check(row, previous, keys))
        _account(row, missing)
        expected, previous = row.seq + 1, row.hash
    if expected <= head.seq:
        yield expected, "the entry is missing"
    elif previous != head.hash:
        yield head.seq, "the head does not hold the newest entry's hash"


def check(row: Any, previous: str, keys: dict[int, str]) -> Iterator[str]:
    """Yield what is wrong with one entry, given the hash of the one before it."""
    content = _read(row.entry)
    if content is None:
        yield "the entry is not canonical"
        return
    if entry_hash(row.entry) != row.hash:
        yield "the entry does not match its hash"
    if content.get("prev") != previous:
        yield "the entry does not follow the one before it"
    repeated = {column: getattr(row, column) for column in REPEATED} | {"ts": stamp(row.ts)}
    for column, value in repeated.items():
        if value != content.get(REPEATED.get(column, column)):
            yield f"the column {column} does not match the entry"
    yield from _check_beside(row, content, keys)


def _check_beside(row: Any, content: dict[str, Any], keys: dict[int, str]) -> Iterator[str]:
    if row.salt is not None:
        body, title = _hashes(row)
        if body != content.get("body"):
            yield "the text does not match the entry"
        if title != content.get("title"):
            yield "the title does not match the entry"
    elif row.text is not None or row.title is not None:
        yield "a text or title stands there without its salt"
    if row.actor_id is not None and content.get("actor") != _name(row, keys):
        yield "the person does not match the entry"


def _hashes(row: Any) -> tuple[str | None, str | None]:
    try:
        return body_hash(row.salt, row.text), title_hash(row.salt, row.title)
    except ValueError:  # the salt is no salt
        return None, None


def _name(row: Any, keys: dict[int, str]) -> str | None:
    try:
        return person_hash(keys[row.actor_id], row.municipality_id, row.actor_id)
    except (KeyError, ValueError):
        return None


def _read(entry: str) -> dict[str, Any] | None:
    try:
        content = json.loads(entry)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and canonical(content) == entry else None


def _account(row: Any, missing: Missing) -> None:
    content = _read(row.entry) or {}
    if row.salt is None and (content.get("body") or content.get("title")):
        missing.texts.add(row.seq)
    if row.actor_id is None and content.get("actor"):
        missing.people.setdefault(str(content["actor"]), row.seq)
    if content.get("type") in ("person.erased", "content.erased"):
        details = content.get("details")
        details = details if isinstance(details, dict) else {}
        listed = str(details.get("entries", "")).split(",")
        missing.erased_texts.update(int(part) for part in listed if part.isdecimal())
        missing.erased_people.add(str(details.get("person", "")))


def _entries(chain: int, upto: int) -> Iterator[Any]:
    after = 0
    while True:
        where = {"chain": chain, "after": after, "upto": upto}
        rows = db.session.execute(BEYOND, where).all()
        # A snapshot must not stay open for the minutes that a long chain takes.
        db.session.rollback()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].seq


def _beyond_head(chain: int) -> Iterator[Problem]:
    # Others go on writing: the newest entry is read first, then the head, which must have it.
    newest = db.session.scalar(NEWEST, {"chain": chain}) or 0
    db.session.rollback()
    head = db.session.execute(HEAD_OF, {"chain": chain}).one()
    if newest > head.seq:
        yield Problem(chain, newest, "the entry stands beyond the head")
