"""How comments change open pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from ..core.formatting import number
from ..core.fragments import fragment, language
from ..core.live import Op, shows
from ..extensions import db
from .models import Comment


def comment_html(comment: Comment) -> Markup:
    """Render a comment (without its replies) once per version and language."""
    key = (comment.id, comment.version, comment.useful_count, comment.reply_count)
    return fragment("comments/_comment.html", "comment", comment, *key)


@shows("comment.added")
def comment_added(comment: int) -> Iterable[Op]:
    """Add it to its thread; the page decides whether it waits behind a pill."""
    found = db.session.get(Comment, comment)
    if found is None:
        return []
    into = f"replies-{found.parent_id}" if found.parent_id else f"comments-{found.contribution_id}"
    return [
        {"op": "append", "target": f"comment-{comment}", "into": into, "html": str(comment_html(found))}
    ]


@shows("comment.changed")
def comment_changed(comment: int) -> Iterable[Op]:
    """Show it as it is now."""
    found = db.session.get(Comment, comment)
    if found is None:
        return [{"op": "remove", "target": f"comment-{comment}"}]
    html = fragment("comments/_body.html", "comment", found, comment, found.version, found.useful_count)
    return [{"op": "replace", "target": f"comment-body-{comment}", "html": str(html)}]


@shows("comment.valued")
def comment_valued(comment: int, useful: int) -> Iterable[Op]:
    """Set the new count."""
    return [{"op": "set", "target": f"useful-{comment}", "value": number(useful, language())}]


@shows("comments.counted", totals=True)
def comments_counted(id: int, comments: int, stances: dict[str, Any]) -> Iterable[Op]:  # noqa: A002
    """Set the totals of the discussion."""
    lang = language()
    totals = {f"comments-{id}": comments}
    totals |= {f"{stance}-{id}": count for stance, count in stances.items()}
    return [{"op": "set", "target": k, "value": number(v, lang)} for k, v in totals.items()]
