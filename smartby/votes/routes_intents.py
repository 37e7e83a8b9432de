"""Support that somebody pressed before they had signed in: signing in gives it."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash
from flask_babel import gettext as _
from sqlalchemy import Row, Select, bindparam, select

from ..accounts.intents import Asked, Intent, intend
from ..accounts.models import User
from ..contributions.models import Contribution
from ..core.errors import Refusal
from ..core.fragments import link
from ..core.links import safe_next
from ..core.transaction import perform
from ..extensions import db
from ..municipalities.models import Municipality
from ..pipeline.taking_part import Place
from .actions import set_support
from .queries import supported_among

C, TOWN = Contribution.__table__, Municipality.__table__
ABOUT: Select[Any] = (
    select(C.c.id, C.c.kind, C.c.title, C.c.municipality_id, TOWN.c.slug)
    .join(TOWN, TOWN.c.id == C.c.municipality_id)
    .where(C.c.id == bindparam("number"), TOWN.c.slug == bindparam("town"))
    .where(C.c.hidden_at.is_(None), TOWN.c.closed_at.is_(None))
)


def already(kind: str) -> str:
    """Say that nothing has to be done."""
    if kind == "challenge":
        return str(_("Du støtter allerede denne utfordringen."))
    return str(_("Du støtter allerede denne ideen."))


def _told(asked: Asked) -> str:
    about = _about(asked)
    return str(_("Logg inn for å støtte «%(title)s».", title=about.title)) if about else ""


def _done(asked: Asked, user: User) -> str:
    about = _about(asked)
    if about is None:
        return "/"
    here = link(f"{about.kind}s.show", town=about.slug, number=about.id)
    flash(*_give(about, user))
    return safe_next(asked.wishes.get("next")) or here


def _give(about: Row[Any], user: User) -> tuple[str, str]:
    if supported_among(user, [about.id]):
        return already(about.kind), "info"
    try:
        perform(set_support, Place(about.municipality_id, about.id), wanted=True, by=user)
    except Refusal as refusal:
        return refusal.message, "warning"
    if about.kind == "challenge":
        return str(_("Du støtter nå utfordringen.")), "success"
    return str(_("Du støtter nå ideen.")), "success"


def _about(asked: Asked) -> Row[Any] | None:
    # Taking back is never done for anybody: only the wish to support counts.
    if asked.wishes.get("wanted") != "yes":
        return None
    town = asked.place.get("town") or current_app.config["SINGLE_TOWN"]
    values = {"number": asked.place["number"], "town": town}
    return db.session.execute(ABOUT, values).one_or_none()


intend("votes.show", Intent(_told, _done))
