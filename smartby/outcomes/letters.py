"""Letters to those who asked to be named on what comes of a workshop: what it became, and where."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select

from ..accounts.models import User
from ..core.formatting import date_long
from ..core.fragments import absolute
from ..core.mail import write_letter
from ..extensions import db
from ..municipalities.models import Municipality
from .facts import Harvested
from .models import Contributor, Outcome

# Only those who stand there: who did not ask for it, or is known to nobody, has no row.
NAMED = (
    select(User, Contributor.contribution_id)
    .join(Contributor, Contributor.user_id == User.id)
    .where(
        Contributor.contribution_id.in_(bindparam("made", expanding=True)),
        User.email_confirmed_at.is_not(None),
    )
    .order_by(User.id, Contributor.contribution_id)
)


def write_of_harvest(fact: Harvested) -> None:
    """Write each of those who are named one letter, of all that they had a part in."""
    run, made = fact.run, {each.contribution_id: each for each in fact.outcomes}
    town = db.session.get_one(Municipality, run.municipality_id)
    rows = db.session.execute(NAMED, {"made": sorted(made)}).all()
    for person, theirs in groupby(rows, key=lambda row: row.User):
        lang = person.language or town.language
        write_letter(
            person.email, "workshop_outcome", lang, name=person.name, town=town,
            workshop=run.workshop, day=date_long(run.closed_at or run.created_at, lang),
            made=[_told(town, made[row.contribution_id]) for row in theirs],
            mine=absolute("my.index"),
        )  # fmt: skip


def _told(town: Municipality, outcome: Outcome) -> dict[str, Any]:
    found = outcome.contribution
    return {
        "called": outcome.called,
        "grouped": outcome.item.startswith("group:"),
        "kind": found.kind,
        "title": found.title,
        "address": absolute(f"{found.kind}s.show", town=town.slug, number=found.id),
        "leaving": absolute("outcomes.ask_leave", town=town.slug, number=found.id),
    }
