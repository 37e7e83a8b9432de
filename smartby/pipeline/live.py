"""How moves and answers change open pages and boards."""

from __future__ import annotations

from collections.abc import Iterable

from ..contributions.models import Contribution
from ..core.access import Person
from ..core.fragments import fragment
from ..core.live import Op, audience, shows
from ..extensions import db
from ..ledger.queries import entry as entry_by_id
from ..ledger.reading import Entry
from .cards import Note
from .changes import card_ops, count_ops
from .models import Answer
from .standing import standing


@audience("board")
def board_audience(person: Person, rest: str) -> bool:
    """The town's staff."""
    if not rest.isdecimal() or len(rest) > 9 or not person.is_authenticated or person.is_blocked:
        return False
    return bool(person.roles_in(int(rest)) & {"moderator", "administrator"})


@shows("stage.moved")
def stage_moved(id: int, entry: int) -> Iterable[Op]:  # noqa: A002
    """Draw the line anew and add to the timeline."""
    return [*_line(id), *_timeline(id, entry)]


@shows("answer.given")
def answer_given(id: int, answer: int, entry: int) -> Iterable[Op]:  # noqa: A002
    """Add the answer above the earlier ones, to the timeline, and to what is still owed."""
    found = db.session.get(Answer, answer)
    if found is None:
        return []
    html = fragment("pipeline/_answer.html", "answer", found, answer)
    op: Op = {
        "op": "append",
        "target": f"answer-{answer}",
        "into": f"answers-{id}",
        "place": "first",
        "html": str(html),
    }
    return [op, *_line(id), *_timeline(id, entry)]


@shows("entry.made")
def entry_made(id: int, entry: int) -> Iterable[Op]:  # noqa: A002
    """Add a decision about what is said under it to the timeline."""
    return _timeline(id, entry)


@shows("board.moved")
def board_moved(id: int, entry: int) -> Iterable[Op]:  # noqa: A002
    """Move the card on every board and say who moved it where."""
    found = entry_by_id(entry)
    return [*card_ops(id, _note(found)), *_news(found)]


@shows("board.changed")
def board_changed(id: int) -> Iterable[Op]:  # noqa: A002
    """Show the card as it is now, or take it away."""
    return card_ops(id)


@shows("board.counted", totals=True)
def board_counted(town: int) -> Iterable[Op]:
    """Set the counts of every lane."""
    return count_ops(town)


@shows("board.anew")
def board_anew() -> Iterable[Op]:
    """The lanes themselves are others now."""
    return [{"op": "refresh"}]


def _line(number: int) -> Iterable[Op]:
    contribution = db.session.get(Contribution, number)
    if contribution is None:
        return []
    stands = standing(contribution)
    html = fragment("pipeline/_standing.html", "standing", stands, *stands.key)
    return [
        {"op": "replace", "target": f"standing-{number}", "html": str(html)},
        {"op": "set", "target": f"unit-{number}", "value": stands.unit},
    ]


def _timeline(number: int, entry_id: int) -> Iterable[Op]:
    row = entry_by_id(entry_id)
    if row is None:
        return []
    html = fragment("ledger/_entry.html", "entry", row, *row.key)
    op: Op = {
        "op": "append",
        "target": f"entry-{entry_id}",
        "into": f"timeline-{number}",
        "place": "first",
        "html": str(html),
    }
    return [op]


def _note(entry: Entry | None) -> Note | None:
    if entry is None or not entry.actor or entry.actor_id is None:
        return None
    return Note(entry.actor_id, entry.actor)


def _news(entry: Entry | None) -> Iterable[Op]:
    if entry is None:
        return []
    html = fragment("pipeline/_moved.html", "moved", entry)
    target = f"board-news-{entry.id}"
    return [{"op": "append", "target": target, "into": "board-news", "html": str(html)}]
