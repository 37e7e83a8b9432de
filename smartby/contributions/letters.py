"""Letters to whoever wrote something about what the town's staff did with it."""

from __future__ import annotations

from typing import Any

from ..accounts.models import User
from ..core.fragments import absolute
from ..core.mail import write_letter
from ..extensions import db
from ..municipalities.models import Municipality
from .facts import Hidden


def write_of_hiding(fact: Hidden) -> None:
    """Tell its author that it is hidden, or shown again, and why."""
    c = fact.contribution
    if c.author_id == fact.by.id:
        return
    letter = "contribution_hidden" if c.hidden_at else "contribution_shown"
    town = db.session.get_one(Municipality, c.municipality_id)
    address = absolute(f"{c.kind}s.show", town=town.slug, number=c.id)
    write_author(
        c.author_id, letter, town, kind=c.kind, title=c.title, reason=fact.reason, address=address
    )


def write_author(author: int, letter: str, town: Municipality, **values: Any) -> None:
    """Write to an author in their language, with whom to ask in the town; not to who has left."""
    person = db.session.get_one(User, author)
    if person.email_confirmed_at is None:
        return
    lang = person.language or town.language
    write_letter(person.email, letter, lang, name=person.name, town=town, **values)
