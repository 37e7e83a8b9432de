"""What a new comment does to the pages that are open, its author's own among them."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.formatting import number
from ..core.fragments import language
from ..core.live import Op
from .queries import one
from .said import Said, alone_html


def comment_added(comment: int) -> Iterable[Op]:
    """Add it to its thread, or to the lists it belongs in; the page decides whether it waits."""
    row = one(comment)
    if row is None or row.hidden_at is not None:
        return []
    html, target = str(alone_html(Said(row, row.slug))), f"comment-{comment}"
    if row.parent_id:
        count = number(row.in_thread, language())
        return [
            _put(target, f"replies-{row.parent_id}", html),
            {"op": "set", "target": f"thread-{row.root_id}", "value": count},
        ]
    about = row.contribution_id
    lists = [f"comments-{about}", *([f"questions-{about}"] if row.stance == "question" else [])]
    ops = [_put(target, name, html, place="first") for name in lists]
    # Where the best come first, nothing new is put in: it is only counted.
    return [*ops, {"op": "waiting", "target": f"comments-{about}", "value": str(comment)}]


def _put(target: str, into: str, html: str, place: str = "last") -> Op:
    # Once: its text and its acts change by events of their own, and somebody may be replying in it.
    return {
        "op": "append", "target": target, "into": into, "place": place, "html": html, "once": True
    }  # fmt: skip
