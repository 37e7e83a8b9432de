"""Reading a contribution's page: its row with the live number, then what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select

from ..comments.talk import Talk, Wish, talk_about
from ..contributions.access import readable_by
from ..core.access import Person
from ..core.errors import NotFound
from ..extensions import db
from ..ledger.queries import timeline
from ..ledger.reading import Entry
from ..pipeline.queries import answers_of
from ..pipeline.standing import Standing, standing
from ..pipeline.taking_part import Place
from .statements import OWN


@dataclass(frozen=True, slots=True)
class Page:
    """What a contribution's page shows, whoever reads it."""

    row: Row[Any]
    streams: dict[str, int]
    standing: Standing | None  # None when it does not travel the pipeline
    answers: Sequence[Any]
    talk: Talk
    entries: Sequence[Entry]

    @property
    def told(self) -> tuple[Any, ...]:
        """All that its timeline shows."""
        return tuple(entry.key for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Own:
    """What of a page is the reader's own: which they support, and which comments they value."""

    supported: frozenset[int] = frozenset()
    useful: frozenset[int] = frozenset()


def read_page(statement: Select[Any], place: Place, wish: Wish, person: Person) -> Page:
    """Read the page by its kind's statement; NotFound when it is not here or not for this person.

    The live numbers are read with the row: what happens meanwhile is told again, harmlessly.
    """
    number, stream = place.number, f"contribution:{place.number}"
    own = f"person:{person.id}" if person.is_authenticated else ""
    values = {"number": number, "town": place.town, "stream": stream, "own_stream": own}
    row = db.session.execute(statement, values).one_or_none()
    if row is None or not readable_by(person, row):  # type: ignore[arg-type] # a row
        raise NotFound(_("Vi finner ikke det du leter etter."))
    talk = talk_about(number, wish)
    entries = timeline(stream)
    return Page(
        row=row,
        streams={stream: row.stream or 0} | ({own: row.own_stream or 0} if own else {}),
        standing=standing(row, entries) if row.stage_id else None,  # type: ignore[arg-type] # a row
        answers=answers_of(number) if row.answer_count else (),
        talk=talk,
        entries=entries,
    )


def read_own(person: Person, contributions: Sequence[int], comments: Sequence[int]) -> Own:
    """Read what of these is the person's own, in one statement."""
    if not person.is_authenticated:
        return Own()
    values = {"person": person.id, "contributions": contributions, "comments": comments}
    rows = db.session.execute(OWN, values).all()
    return Own(
        supported=frozenset(row.number for row in rows if not row.useful),
        useful=frozenset(row.number for row in rows if row.useful),
    )
