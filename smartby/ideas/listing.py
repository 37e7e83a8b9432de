"""Reading the list of ideas: what stands around it in one statement, its rows in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select, bindparam, func, literal, select, union_all

from ..challenges.models import Challenge
from ..contributions import facets, search, vocabulary
from ..contributions.listing import MOST_COUNTED, PAGE, Shape, bound, cursor_at, statement
from ..contributions.models import Contribution, FacetCount, SearchWord
from ..core import keyset
from ..core.errors import NotFound
from ..core.models import Stream
from ..core.pagination import encode
from ..core.stemming import Word
from ..extensions import db
from ..pipeline.queries import Pipeline
from ..votes.models import Support
from .filters import Wish
from .narrowed import UNKNOWN, Counts
from .narrowed import count as narrowed

C, ASKED = Contribution.__table__, Challenge.__table__
SUPPORT = Support.__table__
COUNT, WORD, STREAM = FacetCount.__table__, SearchWord.__table__, Stream.__table__
MOST_CHALLENGES = 12
# A list is walked in its order until a page is full. In a large town that may never be: then what
# passes the rarest filter is gathered and sorted, when it is a few or a small part.
WALKED, FEW, RARE = 5_000, 1_000, 8
HERE: Any = bindparam("town")


# A challenge is named by its question, everywhere.
NAME = func.coalesce(func.nullif(ASKED.c.question, ""), C.c.title)


def _around(searched: bool) -> Select[Any]:
    chosen = C.c.id == bindparam("challenge")
    questions = (
        select(literal("challenge").label("what"), C.c.id, ASKED.c.idea_count, NAME)
        .join(ASKED, ASKED.c.id == C.c.id)
        .where(C.c.municipality_id == HERE, C.c.kind == "challenge", C.c.hidden_at.is_(None))
        .order_by(chosen.desc(), C.c.published_at.desc(), C.c.id.desc())
        .limit(MOST_CHALLENGES)
        .subquery()
    )
    parts: list[Any] = [
        # First: the number may be older than what is read after it, never newer.
        select(literal("stream").label("what"), STREAM.c.seq, literal(0), STREAM.c.name).where(
            STREAM.c.name.in_(bindparam("streams", expanding=True))
        ),
        select(COUNT.c.facet, COUNT.c.value, COUNT.c.count, literal("")).where(
            COUNT.c.municipality_id == HERE, COUNT.c.kind == "idea"
        ),
        select(questions),
    ]
    if searched:
        stems = WORD.c.stem.in_(bindparam("stems", expanding=True))
        known = select(literal("word"), literal(0), WORD.c.count, WORD.c.stem)
        parts.append(known.where(WORD.c.municipality_id == HERE, stems))
    return union_all(*parts)  # type: ignore[return-value]


AROUND = {searched: _around(searched) for searched in (False, True)}


@dataclass(frozen=True, slots=True)
class Around:
    """What a list page shows beside its rows, at the number up to which the page is right."""

    streams: dict[str, int]
    counts: dict[tuple[str, int], int]
    challenges: list[tuple[int, str, int]]
    words: dict[str, int]  # those that were searched for and that the town uses: how often

    @property
    def ideas(self) -> int:
        """All ideas that the town shows."""
        return self.counts.get((facets.ALL, 0), 0)

    def size(self, facet: str, values: Iterable[int]) -> int:
        """How many pass a filter, at most."""
        return sum(self.counts.get((facet, value), 0) for value in values)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list."""

    wish: Wish
    around: Around
    rows: Sequence[Row[Any]]
    count: int
    more: bool  # the count is a lower bound
    previous: str
    following: str
    meant: str  # what was searched for, when it is not what was typed
    counts: Counts = UNKNOWN  # of the boxes beside it
    offered: str = ""  # what may be meant, when nothing was found

    def only(self, rows: Sequence[Row[Any]]) -> Found:
        """Return the page with these rows instead, and no other page."""
        return replace(
            self, rows=rows, count=len(rows), more=False, previous="", following="", meant=""
        )


def read_list(town: int, wish: Wish, pipeline: Pipeline, person: int | None) -> Found:
    """Read a page; NotFound when it asks for a challenge that is not here."""
    terms = search.terms_of(wish.q)
    around = _read_around(town, wish, terms, person)
    if wish.challenge and wish.challenge not in {row[0] for row in around.challenges}:
        raise NotFound(_("Vi finner ikke utfordringen."))
    strange = search.unknown(terms, around.words)
    right = vocabulary.corrected(town, strange)
    meant = search.put_right(terms, right)
    known = _known_count(wish, around, pipeline)
    gathered = _gathered(wish, around, pipeline)
    shape = wish.shape(db.engine.dialect.name, known is None, len(meant), gathered)
    asked = _asked(town, wish, pipeline, person) | bound(shape, wish.cursor)
    asked |= search.asked_for(meant, town, shape.searched, around.words)
    rows = _rows(shape, asked) if terms or not wish.q else []
    offered = "" if rows else _offered(shape, asked, terms, right)
    page, before, after = _cut(rows, wish)
    count, more = (known, False) if known is not None else _counted(rows, wish)
    words = search.spelt(meant, _texts(page)) if meant != terms else ""
    # What nobody has written has cost a statement already: the boxes stand without numbers then.
    spent = strange or (wish.q and not terms)
    boxes = UNKNOWN if spent else narrowed(wish, around.counts, asked)
    return Found(wish, around, page, count, more, before, after, words, boxes, offered)


def _offered(
    shape: Shape, asked: dict[str, Any], terms: Sequence[search.Term], right: Mapping[str, Word]
) -> str:
    """Return what may be meant by a name that nothing here has; it is offered, not searched for."""
    meant = search.put_right(terms, right, names=True)
    if meant == search.put_right(terms, right):
        return ""
    words = search.asked_for(meant, asked["town"], shape.searched)
    rows = _rows(shape, asked | words)
    return search.spelt(meant, _texts(rows)) if rows else ""


def _texts(rows: Sequence[Row[Any]]) -> Iterator[str]:
    return (f"{row.title} {row.excerpt}" for row in rows)


def _read_around(town: int, wish: Wish, terms: Sequence[search.Term], person: int | None) -> Around:
    streams = [f"town:{town}", *([f"person:{person}"] if person else [])]
    asked: dict[str, Any] = {"town": town, "challenge": wish.challenge, "streams": streams}
    if terms:
        asked["stems"] = search.looked_up(terms)
    found = Around(dict.fromkeys(streams, 0), {}, [], {})
    # All at once: iterated over, each row would be fetched by a call of its own.
    for what, value, count, text in db.session.execute(AROUND[bool(terms)], asked).all():
        if what == "stream":
            found.streams[text] = value
        elif what == "challenge":
            found.challenges.append((value, text, count))
        elif what == "word":
            found.words[text] = count
        else:
            found.counts[what, value] = count
    return found


@lru_cache(maxsize=2_000)
def _statement(shape: Shape, own: bool) -> Select[Any]:
    """Build the list's statement; for somebody signed in with whether each is one's own support."""
    query = statement(shape)
    if not own:
        return query
    mine = select(literal(1)).where(
        SUPPORT.c.user_id == bindparam("person"),
        SUPPORT.c.contribution_id == query.selected_columns["id"],
    )
    return query.add_columns(mine.exists().label("mine"))


def _known_count(wish: Wish, around: Around, pipeline: Pipeline) -> int | None:
    """Return how many there are when a stored count tells it: no filter, or a single one."""
    if wish.q or wish.challenge or wish.filters > 1:
        return None
    stages = [(facets.STAGE, stage.id) for stage in pipeline.stages if stage.key in wish.stages]
    others = [(facets.PRINCIPLE, n) for n in wish.principles] + [
        (facets.GOAL, n) for n in wish.goals
    ]
    return around.counts.get((*stages, *others, (facets.ALL, 0))[0], 0)


def _gathered(wish: Wish, around: Around, pipeline: Pipeline) -> str:
    """Return the filter that so few pass that walking the whole town's list would cost more."""
    if around.ideas <= WALKED or wish.q or wish.challenge:
        return ""
    asked = ((facets.GOAL, wish.goals), (facets.PRINCIPLE, wish.principles))
    sizes = {name: around.size(name, numbers) for name, numbers in asked if numbers}
    if not sizes:
        return ""
    rarest = min(sizes, key=lambda name: sizes[name])
    stages = [stage.id for stage in pipeline.stages if stage.key in wish.stages]
    several = len(sizes) + bool(stages) > 1
    most = around.ideas // RARE if several else FEW
    if len(stages) == 1:  # its own index is walked, and no more than it holds
        most = min(most, around.size(facets.STAGE, stages))
    return rarest if sizes[rarest] <= most else ""


def _rows(shape: Shape, asked: dict[str, Any]) -> Sequence[Row[Any]]:
    own = asked["person"] is not None
    return db.session.execute(_statement(shape, own), asked).all()


def _asked(town: int, wish: Wish, pipeline: Pipeline, person: int | None) -> dict[str, Any]:
    stages = [stage.id for stage in pipeline.stages if stage.key in wish.stages]
    return {
        "town": town,
        "stages": stages,
        "stage": stages[0] if stages else None,
        "principles": wish.principles,
        "goals": wish.goals,
        "challenge": wish.challenge,
        "person": person,
    }


def _cut(rows: Sequence[Row[Any]], wish: Wish) -> tuple[Sequence[Row[Any]], str, str]:
    page, back, on = keyset.cut(rows, PAGE, wish.way)
    ends = [encode(cursor_at(row, wish.sort)) for row in (*page[:1], *page[-1:])]
    return page, ends[0] if back else "", ends[-1] if on else ""


def _counted(rows: Sequence[Row[Any]], wish: Wish) -> tuple[int, bool]:
    most = search.MOST_HITS if wish.q else MOST_COUNTED
    count = rows[0].found if rows else 0
    return min(count, most), count > most or (bool(wish.q) and count == most)
