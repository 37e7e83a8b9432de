"""What front pages and result pages show, read as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select, union_all

from ..accounts.models import User
from ..challenges.models import Challenge
from ..contributions.cards import CARD_COLUMNS, TABLE, Card, card_html
from ..contributions.models import contribution_principle
from ..core.access import Person
from ..core.clock import now
from ..core.pagination import Cursor
from ..extensions import db
from ..municipalities.models import Municipality
from ..municipalities.queries import SERVED
from ..pipeline.models import Stage
from ..pipeline.queries import Pipeline, pipeline_seen
from ..votes.queries import supported_among

STAGE, TOWN, PERSON = Stage.__table__, Municipality.__table__, User.__table__
ASKED, TIED = Challenge.__table__, contribution_principle
SHOWN = (TABLE.c.hidden_at.is_(None), TABLE.c.withdrawn_at.is_(None))
HERE = TABLE.c.municipality_id == bindparam("town")
CARDS, PAGE = 3, 20


def _before(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Say that a row comes after a page's last one, in a list that goes back in time."""
    same = and_(column == bindparam("before"), TABLE.c.id < bindparam("last"))
    return or_(column < bindparam("before"), same)


# Only the keys: what is live on the page is followed from before its rows are read.
LIVELIEST = (
    select(TABLE.c.id)
    .join(STAGE, STAGE.c.id == TABLE.c.stage_id)
    .where(HERE, TABLE.c.kind == "idea", *SHOWN, STAGE.c.kind.in_(("open", "work")))
    .order_by(TABLE.c.trending.desc(), TABLE.c.id.desc())
    .limit(CARDS)
)
BY_IDS = select(*CARD_COLUMNS).where(TABLE.c.id.in_(bindparam("ids", expanding=True)), *SHOWN)
QUESTIONS = (
    select(
        TABLE.c.id, TABLE.c.title, TABLE.c.excerpt, TABLE.c.lang, ASKED.c.question,
        ASKED.c.closes_at, ASKED.c.idea_count, ASKED.c.unit_id, TABLE.c.published_at,
        PERSON.c.name.label("author"),
    )
    .join(ASKED, ASKED.c.id == TABLE.c.id)
    .join(PERSON, PERSON.c.id == TABLE.c.author_id)
    .where(
        HERE, TABLE.c.kind == "challenge", *SHOWN,
        or_(ASKED.c.opens_at.is_(None), ASKED.c.opens_at <= bindparam("moment")),
        or_(ASKED.c.closes_at.is_(None), ASKED.c.closes_at > bindparam("moment")),
    )
    .order_by(TABLE.c.published_at.desc(), TABLE.c.id.desc())
    .limit(CARDS)
)  # fmt: skip
# The town's voice is a unit's: a challenge without one is its author's own. One statement for both.
OFFICIAL = QUESTIONS.where(ASKED.c.unit_id.is_not(None)).subquery()
OWN = QUESTIONS.where(ASKED.c.unit_id.is_(None)).subquery()
EVERY = union_all(select(OFFICIAL), select(OWN)).subquery()
BOTH = select(EVERY).order_by(EVERY.c.published_at.desc(), EVERY.c.id.desc())
BUILT = (
    select(
        TABLE.c.id, TABLE.c.title, TABLE.c.excerpt, TABLE.c.lang, TABLE.c.stage_id,
        TABLE.c.stage_since, TABLE.c.support_count, PERSON.c.name.label("author"),
    )
    .join(PERSON, PERSON.c.id == TABLE.c.author_id)
    .where(
        TABLE.c.stage_id.in_(bindparam("stages", expanding=True)), TABLE.c.kind == "idea", *SHOWN
    )
    .order_by(TABLE.c.stage_since.desc(), TABLE.c.id.desc())
)  # fmt: skip
BUILT_BEFORE = BUILT.where(_before(TABLE.c.stage_since))
NATIONAL = (
    select(*CARD_COLUMNS, TOWN.c.slug, TOWN.c.name.label("town_name"))
    .join(TOWN, TOWN.c.id == TABLE.c.municipality_id)
    .where(TABLE.c.kind == "idea", *SHOWN, SERVED)
)
NEWEST = NATIONAL.order_by(TABLE.c.published_at.desc(), TABLE.c.id.desc()).limit(CARDS)
SUPPORTED = (
    NATIONAL.where(TABLE.c.id.not_in(bindparam("shown", expanding=True)))
    .order_by(TABLE.c.support_count.desc(), TABLE.c.id.desc())
    .limit(CARDS)
)
STAGES_OF = (
    select(Stage)
    .where(Stage.municipality_id.in_(bindparam("towns", expanding=True)))
    .order_by(Stage.municipality_id, Stage.position)
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A card among those of other towns, with the town it is from."""

    town: str
    slug: str
    html: Markup


def liveliest(town: int) -> list[int]:
    """Return the ids of the ideas that most is going on around now."""
    return list(db.session.execute(LIVELIEST, {"town": town}).scalars())


def cards_by_ids(ids: list[int]) -> list[Row[Any]]:
    """Return rows for cards in the order of their ids."""
    rows = {row.id: row for row in db.session.execute(BY_IDS, {"ids": ids})} if ids else {}
    return [rows[number] for number in ids if number in rows]


def open_questions(town: int) -> tuple[list[Row[Any]], list[Row[Any]]]:
    """Return what takes ideas now, the newest first: the municipality's, then the citizens'."""
    rows = db.session.execute(BOTH, {"town": town, "moment": now()}).all()
    official = [row for row in rows if row.unit_id is not None]
    return official, [row for row in rows if row.unit_id is None]


def realised(town: int, limit: int, after: Cursor | None = None) -> list[Row[Any]]:
    """Return ideas that have become something, the newest result first."""
    stages = [stage.id for stage in pipeline_seen(town).stages if stage.kind == "won"]
    if not stages:
        return []
    asked: dict[str, Any] = {"stages": stages}
    if after is None:
        return list(db.session.execute(BUILT.limit(limit), asked))
    asked |= {"before": _moment(after.value), "last": after.id}
    return list(db.session.execute(BUILT_BEFORE.limit(limit), asked))


def newest_and_most_supported(person: Person) -> tuple[list[Placed], list[Placed]]:
    """Return the newest ideas of all open towns, and those of the others that most support.

    An idea stands once on a page: what changes on its card is found by its number.
    """
    newest = list(db.session.execute(NEWEST))
    shown = {"shown": [row.id for row in newest]}
    cards = placed(newest + list(db.session.execute(SUPPORTED, shown)), person)
    return cards[: len(newest)], cards[len(newest) :]


def placed(rows: list[Row[Any]], person: Person) -> list[Placed]:
    """Render cards from many towns; their pipelines and one's own support in one query each."""
    pipelines = _pipelines({row.municipality_id for row in rows})
    mine = supported_among(person, [row.id for row in rows])
    return [
        Placed(
            row.town_name,
            row.slug,
            card_html(Card(row, row.slug, pipelines[row.municipality_id], row.id in mine)),
        )
        for row in rows
    ]


def with_principle(principle: int, town: int | None, after: Cursor | None) -> list[Row[Any]]:
    """Return a page and one more of a principle's ideas, here or everywhere, newest first."""
    asked: dict[str, Any] = {"principle": principle, "limit": PAGE + 1}
    if town is not None:
        asked["town"] = town
    if after is not None:
        asked |= {"before": _moment(after.value), "last": after.id}
    statement = _TIED[town is not None, after is not None]
    return list(db.session.execute(statement, asked))


def _tied(in_town: bool, beyond: bool) -> Select[Any]:
    query = NATIONAL.join(TIED, TIED.c.contribution_id == TABLE.c.id).where(
        TIED.c.principle_id == bindparam("principle")
    )
    if in_town:
        query = query.where(HERE)
    if beyond:
        query = query.where(_before(TABLE.c.published_at))
    return query.order_by(TABLE.c.published_at.desc(), TABLE.c.id.desc()).limit(bindparam("limit"))


_TIED = {(town, beyond): _tied(town, beyond) for town in (True, False) for beyond in (True, False)}


def _pipelines(towns: Iterable[int]) -> dict[int, Pipeline]:
    found: dict[int, list[Stage]] = {town: [] for town in towns}
    if found:
        for stage in db.session.scalars(STAGES_OF, {"towns": sorted(found)}):
            found[stage.municipality_id].append(stage)
    return {town: Pipeline(stages) for town, stages in found.items()}


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
