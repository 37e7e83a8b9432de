"""Drafts: what somebody is writing, kept on the server as they type, shown to nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import JSON, Row, Select, bindparam, delete, func, select, text, update
from werkzeug.datastructures import MultiDict

from ..accounts.models import User
from ..core.access import Person, require
from ..core.clock import now
from ..core.errors import Conflict, Gone, Invalid, NotFound
from ..core.formatting import clock_time
from ..core.fragments import language
from ..core.models import Idempotency, UtcDateTime
from ..core.text import clean_multiline
from ..extensions import db
from ..municipalities.models import Municipality
from .models import Draft

LARGEST = 20_000  # characters of all fields together
MOST = 50  # drafts of one person in one municipality
LISTS = ("principles", "goals")
FIELDS = (
    "title", "body", "place", "lang", "challenge", "question", "unit", "opens_on", "closes_on",
    "opens_time", "closes_time", *LISTS,
)  # fmt: skip
DRAFT, KEYS = Draft.__table__, Idempotency.__table__
OWN = (
    DRAFT.c.author_id == bindparam("person"),
    DRAFT.c.municipality_id == bindparam("town"),
)
LIST: Select[Any] = (
    select(DRAFT.c.key, DRAFT.c.fields, DRAFT.c.saved_at)
    .where(*OWN, DRAFT.c.kind == bindparam("kind"))
    .order_by(DRAFT.c.saved_at.desc())
    .limit(5)
)
ONE: Select[Any] = select(DRAFT.c.key, DRAFT.c.kind, DRAFT.c.fields, DRAFT.c.saved_at).where(
    *OWN, DRAFT.c.key == bindparam("key")
)
PUBLISHED = select(KEYS.c.key).where(
    KEYS.c.actor == bindparam("actor"), KEYS.c.key == bindparam("key")
)
HOW_MANY = select(func.count()).select_from(DRAFT).where(*OWN)
INSERT = text(
    "INSERT INTO draft (key, author_id, municipality_id, kind, fields, saved_at)"
    " VALUES (:key, :person, :town, :kind, :fields, :saved_at)"
    " ON CONFLICT (key) DO NOTHING RETURNING id"
).bindparams(bindparam("fields", type_=JSON), bindparam("saved_at", type_=UtcDateTime))
UPDATE = (
    update(DRAFT)  # type: ignore[arg-type]
    .where(*OWN, DRAFT.c.key == bindparam("which"), DRAFT.c.saved_at == bindparam("seen"))
    .values(fields=bindparam("typed"), saved_at=bindparam("moment"))
    .returning(DRAFT.c.id)
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form now: which form it is (its key), of what kind, and its fields."""

    key: str
    kind: str
    fields: dict[str, Any]


def typed(key: str, kind: str, sent: MultiDict[str, str]) -> Typed:
    """Keep the fields that a draft may have, cleaned; Invalid when they cannot be kept."""
    try:
        lists = {name: [clean_multiline(value) for value in sent.getlist(name)] for name in FIELDS}
    except ValueError as error:
        raise Invalid(_("Teksten har tegn som ikke kan lagres. Skriv den på nytt.")) from error
    if sum(len(value) for values in lists.values() for value in values) > LARGEST:
        raise Invalid(_("Teksten er for lang til å lagres som kladd."))
    known = kind in ("idea", "challenge") and len(key) == 32 and key.isascii() and key.isalnum()
    if not known:
        raise Invalid(_("Skjemaet er ugyldig. Last siden på nytt."))
    fields = {name: v if name in LISTS else v[0] for name, v in lists.items() if v}
    return Typed(key, kind, fields)


def save_draft(
    town: Municipality, draft: Typed, *, seen: datetime | None, by: User
) -> datetime | None:
    """Keep what was typed; return when. None: nothing is written yet.

    Raises Conflict when another window has saved it since `seen`, Gone when it is published.
    """
    require("contributions.publish", town, by)
    if not (draft.fields.get("title") or draft.fields.get("body")):
        return None
    who = {"person": by.id, "town": town.id}
    asked = {"actor": f"user:{by.id}", "key": draft.key}
    if db.session.execute(PUBLISHED, asked).first():
        raise Gone(_("Dette er allerede publisert."))
    moment = now()
    if seen is not None:
        values = {"which": draft.key, "typed": draft.fields, "moment": moment, "seen": seen}
        if db.session.execute(UPDATE, {**who, **values}).first():
            return moment
    if not _insert(draft, who, moment):
        _refuse_overwriting(draft, who)
    return moment


def _insert(draft: Typed, who: dict[str, int], moment: datetime) -> bool:
    if (db.session.scalar(HOW_MANY, who) or 0) >= MOST and not own(draft.key, who):
        raise Invalid(_("Du har %(count)s kladder her. Slett noen av dem først.", count=MOST))
    values = {"key": draft.key, "kind": draft.kind, "fields": draft.fields, "saved_at": moment}
    return db.session.execute(INSERT, {**who, **values}).first() is not None


def _refuse_overwriting(draft: Typed, who: dict[str, int]) -> None:
    there = own(draft.key, who)
    if there is None:  # somebody else's key: nothing is told about it
        raise NotFound(_("Vi finner ikke det du leter etter."))
    time = clock_time(there.saved_at, language())
    said = _("Kladden ble lagret fra et annet vindu klokka %(time)s.", time=time)
    words = f"{said} {_('Det du skriver her, er ikke lagret.')}"
    raise Conflict(words, saved_at=there.saved_at.isoformat())


def discard_draft(town: Municipality, key: str, *, by: User) -> None:
    """Delete one's own draft; that it is gone already is no fault."""
    where = (Draft.key == key, Draft.author_id == by.id, Draft.municipality_id == town.id)
    db.session.execute(delete(Draft).where(*where).execution_options(synchronize_session=False))


def own(key: str, who: dict[str, int]) -> Row[Any] | None:
    """Return one's own draft in a municipality."""
    return db.session.execute(ONE, {**who, "key": key}).one_or_none()


def own_draft(town: Municipality, key: str, kind: str, person: Person) -> Row[Any]:
    """Return one's own draft; NotFound for anybody else's, another town's and none alike."""
    found = (
        own(key[:32], {"person": person.id, "town": town.id}) if person.is_authenticated else None
    )
    if found is None or found.kind != kind:
        raise NotFound(_("Vi finner ikke kladden. Kanskje er den slettet eller publisert."))
    return found


def drafts_of(town: Municipality, kind: str, person: Person) -> Sequence[Row[Any]]:
    """Return a person's newest drafts of a kind in a municipality."""
    if not person.is_authenticated:
        return ()
    asked = {"person": person.id, "town": town.id, "kind": kind}
    return db.session.execute(LIST, asked).all()
