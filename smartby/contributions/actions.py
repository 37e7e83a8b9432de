"""Verbs that ideas and challenges share: numbering, publishing, editing, withdrawing, hiding."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import bindparam, delete, insert, text

from ..accounts.models import User
from ..core.access import require
from ..core.clock import now, oslo
from ..core.errors import Conflict
from ..core.markdown import plain, render
from ..core.stemming import indexed
from ..core.transaction import announce, lock
from ..extensions import db
from ..municipalities.models import Municipality
from .facets import facets_of
from .facts import Before, Edited, Hidden, Published, Withdrawn
from .models import (
    Contribution,
    ContributionText,
    ContributionVersion,
    contribution_goal,
    contribution_principle,
)
from .search import stems_of
from .trending import trending

EXCERPT = 220
TAKE_NUMBER = text(
    "INSERT INTO code_counter (municipality_id, year, last) VALUES (:town, :year, 1)"
    " ON CONFLICT (municipality_id, year) DO UPDATE SET last = code_counter.last + 1 RETURNING last"
)


@dataclass(frozen=True, slots=True)
class Content:
    """What an author writes: the text and what it is tied to."""

    title: str
    body: str
    lang: str
    principles: tuple[int, ...]
    goals: tuple[int, ...] = ()
    place: str = ""
    source: str = ""  # what it grew out of, when it was not somebody's own: "workshop:7"


def publish(contribution: Contribution, town: Municipality, content: Content, by: User) -> None:
    """Give a new contribution its code and texts, add it, and announce it."""
    moment = now()
    contribution.municipality_id = town.id
    contribution.author = by
    contribution.code = next_code(town)
    contribution.source = content.source
    contribution.published_at = moment
    contribution.trending = trending(0, 0, moment)
    contribution.text = ContributionText(municipality_id=town.id)
    contribution.stage_since = moment
    _write(contribution, content)
    db.session.add(contribution)
    db.session.flush()
    _tie(contribution)
    announce(Published(contribution, by))


def next_code(town: Municipality) -> str:
    """Take the town's next reference code of this year, such as HVN-2026-0042."""
    year = oslo(now()).year
    last = db.session.execute(TAKE_NUMBER, {"town": town.id, "year": year}).scalar_one()
    return f"{town.code}-{year}-{last:04d}"


def edit(
    contribution: Contribution, content: Content, *, rule: str, seen: int, by: User
) -> Contribution:
    """Change the text, keep the old version; Conflict when it was changed since `seen`."""
    lock(contribution)
    require(rule, contribution, by)
    if contribution.version != seen:
        raise Conflict(_("Teksten er endret siden du åpnet den. Se over og lagre på nytt."))
    db.session.add(
        ContributionVersion(
            contribution_id=contribution.id,
            version=contribution.version,
            title=contribution.title,
            body=contribution.text.body,
            edited_by=by,
        )
    )
    before = Before(facets_of(contribution), contribution.text.stems)
    contribution.version += 1
    contribution.edited_at = now()
    _write(contribution, content)
    db.session.flush()
    _tie(contribution)
    announce(Edited(contribution, before, by))
    return contribution


def withdraw(contribution: Contribution, *, reason: str, by: User) -> Contribution:
    """Withdraw one's own contribution; it stays readable with the reason and takes no input."""
    lock(contribution)
    require("contributions.withdraw", contribution, by)
    contribution.withdrawn_at = now()
    contribution.withdrawn_reason = reason
    announce(Withdrawn(contribution, reason, by))
    return contribution


def hide(contribution: Contribution, *, hidden: bool, reason: str, by: User) -> Contribution:
    """Hide a contribution from everyone but staff, or bring it back."""
    lock(contribution)
    require("contributions.hide", contribution, by)
    if hidden != (contribution.hidden_at is not None):
        contribution.hidden_at = now() if hidden else None
        contribution.hidden_reason = reason if hidden else ""
        announce(Hidden(contribution, reason, by))
    return contribution


def _write(contribution: Contribution, content: Content) -> None:
    contribution.title = content.title
    contribution.lang = content.lang
    contribution.place = content.place
    contribution.excerpt = plain(content.body, EXCERPT)
    contribution.principle_ids = _listed(content.principles)
    contribution.goal_ids = _listed(content.goals)
    contribution.text.body = content.body
    contribution.text.html = str(Markup(render(content.body)))  # noqa: S704 - render() is the sanitiser
    index(contribution)


def index(contribution: Contribution) -> None:
    """Write what search finds it by."""
    named, lang, text = contribution.named, contribution.lang, contribution.text
    text.title_stems = indexed(named, lang)
    text.stems = stems_of(named, contribution.place, text.body, lang)


def _listed(numbers: tuple[int, ...]) -> str:
    return "".join(f",{number}" for number in sorted(set(numbers))) + "," if numbers else ""


def _tie(contribution: Contribution) -> None:
    ties = (
        (contribution_principle, "principle_id", contribution.principles),
        (contribution_goal, "goal_id", contribution.goals),
    )
    for table, column, numbers in ties:
        db.session.execute(
            delete(table).where(table.c.contribution_id == bindparam("c")), {"c": contribution.id}
        )
        if numbers:
            rows = [{"contribution_id": contribution.id, column: number} for number in numbers]
            db.session.execute(insert(table), rows)
