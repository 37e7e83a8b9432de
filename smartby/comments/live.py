"""How comments change open pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..core.formatting import number
from ..core.fragments import fragment, language
from ..core.live import Op, shows
from . import writing
from .ops import comment_added
from .queries import one
from .said import Said, body_html
from .talk import stances_of

__all__ = ["writing"]


shows("comment.added")(comment_added)


@shows("comment.changed")
def comment_changed(comment: int) -> Iterable[Op]:
    """Show its text as it is now, or the tombstone."""
    row = one(comment)
    if row is None or row.hidden_at is not None:
        return []
    html = str(body_html(Said(row, row.slug)))
    ops: list[Op] = [{"op": "replace", "target": f"comment-body-{comment}", "html": html}]
    if row.deleted_at is not None:
        ops.append({"op": "remove", "target": f"comment-acts-{comment}"})
    return ops


@shows("comment.valued")
def comment_valued(comment: int, useful: int) -> Iterable[Op]:
    """Set the new count; nothing is written for nought."""
    value = number(useful, language()) if useful else ""
    return [{"op": "set", "target": f"useful-{comment}", "value": value}]


@shows("useful.mine")
def useful_mine(comment: int, wanted: bool) -> Iterable[Op]:
    """Set the pressed state in all tabs of the person."""
    return [{"op": "press", "target": f"useful-{comment}", "value": "yes" if wanted else "no"}]


@shows("comments.counted", totals=True)
def comments_counted(id: int, comments: int, stances: dict[str, Any]) -> Iterable[Op]:  # noqa: A002
    """Set the totals of the discussion, and draw its stances anew."""
    html = fragment("comments/_stances.html", "stances", stances_of(id, stances))
    return [
        {"op": "set", "target": f"comments-{id}", "value": number(comments, language())},
        {"op": "replace", "target": f"stances-{id}", "html": str(html)},
    ]
