"""How moves and answers change open pages and boards."""

from __future__ import annotations

from collections.abc import Iterable

from ..contributions.models import Contribution
from ..core.access import Person
from ..core.fragments import fragment
from ..core.live import Op, audience, shows
from ..extensions import db
from ..ledger.queries import entry
from .models import Answer
from .standing import standing


@audience("board")
def board_audience(person: Person, rest: str) -> bool:
    """The town's staff."""
    if not rest.isdecimal() or len(rest) > 9:
        return False
    return bool(person.roles_in(int(rest)) & {"moderator", "administrator"})


@shows("stage.moved")
def stage_moved(id: int, entry: int) -> Iterable[Op]:  # noqa: A002
    """Draw the line anew and add to the timeline."""
    return [*_line(id), *_timeline(id, entry)]


@shows("answer.given")
def answer_given(id: int, answer: int, entry: int) -> Iterable[Op]:  # noqa: A002
    """Add the answer above the earlier ones, and to the timeline."""
    found = db.session.get(Answer, answer)
    if found is None:
        return []
    html = fragment("pipeline/_answer.html", "answer", found, answer)
    op: Op = {
        "op": "append", "target": f"answer-{answer}", "into": f"answers-{id}", "place": "first", "html": str(html)
    }  # fmt: skip
    return [op, *_timeline(id, entry)]


def _line(number: int) -> Iterable[Op]:
    contribution = db.session.get(Contribution, number)
    if contribution is None:
        return []
    html = fragment("pipeline/_standing.html", "standing", standing(contribution))
    return [{"op": "replace", "target": f"standing-{number}", "html": str(html)}]


def _timeline(number: int, entry_id: int) -> Iterable[Op]:
    row = entry(entry_id)
    if row is None:
        return []
    html = fragment("ledger/_entry.html", "entry", row, entry_id)
    return [
        {"op": "append", "target": f"entry-{entry_id}", "into": f"timeline-{number}", "place": "first", "html": str(html)}
    ]  # fmt: skip
