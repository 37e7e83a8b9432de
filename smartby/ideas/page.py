"""Reading an idea's page: rows by constant statements, the live number before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select, bindparam, literal, select, union_all
from sqlalchemy.orm import aliased

from ..accounts.models import User
from ..comments.models import Useful
from ..comments.talk import Talk, Wish, talk_about
from ..contributions.access import visible_to
from ..contributions.models import Contribution, ContributionText
from ..core.access import Person
from ..core.errors import NotFound
from ..core.models import Stream
from ..extensions import db
from ..ledger.queries import timeline
from ..ledger.reading import Entry
from ..pipeline.queries import answers_of
from ..pipeline.standing import Standing, standing
from ..votes.models import Support

C, TEXT, AUTHOR = Contribution.__table__, ContributionText.__table__, User.__table__
SUPPORT, USEFUL, STREAM = Support.__table__, Useful.__table__, Stream.__table__
ASKED = aliased(Contribution)
COLUMNS = tuple(
    C.c[name]
    for name in (
        "id", "municipality_id", "kind", "code", "title", "lang", "place", "author_id",
        "principle_ids", "goal_ids", "challenge_id", "stage_id", "stage_since", "due_at",
        "support_count", "comment_count", "for_count", "against_count", "question_count",
        "answer_count", "published_at", "edited_at", "version", "withdrawn_at",
        "withdrawn_reason", "hidden_at", "hidden_reason",
    )
)  # fmt: skip


def _head(name: str) -> Any:
    # In the statement that reads the row, so that the number is never newer than what it shows.
    newest = select(STREAM.c.seq).where(STREAM.c.name == bindparam(name))
    return newest.scalar_subquery().label(name)


IDEA: Select[Any] = (
    select(
        *COLUMNS, TEXT.c.html, AUTHOR.c.name.label("author"), ASKED.title.label("challenge"),
        ASKED.hidden_at.label("challenge_hidden_at"), _head("stream"), _head("own_stream"),
    )
    .join(TEXT, TEXT.c.contribution_id == C.c.id)
    .join(AUTHOR, AUTHOR.c.id == C.c.author_id)
    .outerjoin(ASKED, ASKED.id == C.c.challenge_id)
    .where(
        C.c.id == bindparam("number"),
        C.c.municipality_id == bindparam("town"),
        C.c.kind == "idea",
    )
)  # fmt: skip
OWN = union_all(
    select(literal(0).label("useful"), SUPPORT.c.contribution_id.label("number")).where(
        SUPPORT.c.user_id == bindparam("person"), SUPPORT.c.contribution_id == bindparam("idea")
    ),
    select(literal(1), USEFUL.c.comment_id).where(
        USEFUL.c.user_id == bindparam("person"),
        USEFUL.c.comment_id.in_(bindparam("comments", expanding=True)),
    ),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What an idea's page shows, and what of it is the reader's own."""

    idea: Row[Any]
    streams: dict[str, int]
    standing: Standing
    answers: Sequence[Any]
    talk: Talk
    entries: Sequence[Entry]
    supported: bool
    useful: frozenset[int]


def read_page(town: int, number: int, wish: Wish, person: Person) -> Page:
    """Read the page; NotFound when the idea is not here, or not for this person."""
    own = f"person:{person.id}" if person.is_authenticated else ""
    idea = _idea(town, number, own)
    if idea is None or not visible_to(person, idea):  # type: ignore[arg-type] # a row
        raise NotFound(_("Vi finner ikke det du leter etter."))
    talk = talk_about(number, wish)
    entries = timeline(f"contribution:{number}")
    mine = _own(person, number, talk.numbers)
    return Page(
        idea=idea,
        streams={f"contribution:{number}": idea.stream or 0}
        | ({own: idea.own_stream or 0} if own else {}),
        standing=standing(idea, entries),  # type: ignore[arg-type] # a row
        answers=answers_of(number) if idea.answer_count else (),
        talk=talk,
        entries=entries,
        supported=(0, number) in mine,
        useful=frozenset(comment for useful, comment in mine if useful),
    )


def _idea(town: int, number: int, own: str) -> Row[Any] | None:
    values = {"number": number, "town": town, "stream": f"contribution:{number}"}
    return db.session.execute(IDEA, {**values, "own_stream": own}).one_or_none()


def _own(person: Person, idea: int, comments: Sequence[int]) -> set[tuple[int, int]]:
    if not person.is_authenticated:
        return set()
    values = {"person": person.id, "idea": idea, "comments": comments}
    return {(row.useful, row.number) for row in db.session.execute(OWN, values)}
