"""Commenting, editing, deleting, and finding useful."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, text

from ..accounts.models import User
from ..contributions.models import Contribution
from ..contributions.trending import trending
from ..core.access import require
from ..core.clock import now
from ..core.errors import Conflict, Invalid
from ..core.markdown import render
from ..core.transaction import announce, lock, post
from ..extensions import db
from ..municipalities.access import staff
from .facts import CommentAdded, CommentChanged
from .models import Comment, Useful

DEEPEST = 2
USEFUL = text(
    "INSERT INTO useful (comment_id, user_id, created_at)"
    " VALUES (:comment, :person, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING"
)
NOT_USEFUL = delete(Useful).where(
    Useful.comment_id == bindparam("comment"), Useful.user_id == bindparam("person")
)


def add_comment(
    contribution: Contribution, *, body: str, stance: str | None, parent: Comment | None, by: User
) -> Comment:
    """Comment on a contribution or reply to a comment; a reply below the third level joins the third."""
    lock(contribution)
    require("comments.add", contribution, by)
    parent = _parent_in(contribution, parent)
    comment = Comment(
        municipality_id=contribution.municipality_id,
        contribution=contribution,
        parent_id=parent.id if parent else None,
        root_id=(parent.root_id or parent.id) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        author=by,
        is_staff=staff.test(by, contribution),
        stance=None if parent else stance,
        body=body,
        body_html=str(render(body)),
        lang=contribution.lang,
    )
    db.session.add(comment)
    _count(contribution, comment, +1)
    if comment.root_id:
        root = db.session.get_one(Comment, comment.root_id)
        root.reply_count += 1
    db.session.flush()
    announce(CommentAdded(comment, by))
    return comment


def edit_comment(comment: Comment, *, body: str, seen: int, by: User) -> Comment:
    """Change one's own comment within the time for it; Conflict when another tab already did."""
    lock(comment.contribution)
    db.session.refresh(comment)
    require("comments.edit", comment, by)
    if comment.version != seen:
        raise Conflict(_("Kommentaren er endret i en annen fane. Last siden på nytt."))
    comment.body = body
    comment.body_html = str(render(body))
    comment.version += 1
    comment.edited_at = now()
    announce(CommentChanged(comment, by))
    return comment


def delete_comment(comment: Comment, *, by: User) -> Comment:
    """Delete a comment: its text goes, its place in the thread stays."""
    lock(comment.contribution)
    db.session.refresh(comment)
    if comment.deleted_at is not None:
        return comment
    require("comments.delete", comment, by)
    _count(comment.contribution, comment, -1)
    comment.body = comment.body_html = ""
    comment.deleted_at = now()
    comment.deleted_by_id = by.id
    comment.version += 1
    announce(CommentChanged(comment, by))
    return comment


def set_useful(comment: Comment, *, wanted: bool, by: User) -> dict[str, Any]:
    """Make a person's "useful" be as wanted; return the state that is now true."""
    lock(comment.contribution)
    db.session.refresh(comment)
    require("comments.value", comment, by)
    who = {"comment": comment.id, "person": by.id}
    rows: int = db.session.execute(USEFUL if wanted else NOT_USEFUL, who).rowcount  # type: ignore[attr-defined]
    if rows:
        comment.useful_count += rows if wanted else -rows
        stream = f"contribution:{comment.contribution_id}"
        post(stream, "comment.valued", comment=comment.id, useful=comment.useful_count)
    return {"useful": wanted, "count": comment.useful_count}


def _parent_in(contribution: Contribution, parent: Comment | None) -> Comment | None:
    if parent is None:
        return None
    db.session.refresh(parent)
    if parent.contribution_id != contribution.id or parent.deleted_at is not None:
        raise Invalid(_("Kommentaren du svarer på, er borte."))
    while parent.depth >= DEEPEST and parent.parent_id is not None:
        parent = db.session.get_one(Comment, parent.parent_id)
    return parent


def _count(contribution: Contribution, comment: Comment, change: int) -> None:
    contribution.comment_count += change
    if comment.stance:
        name = f"{comment.stance}_count"
        setattr(contribution, name, getattr(contribution, name) + change)
    contribution.trending = trending(
        contribution.support_count, contribution.comment_count, contribution.published_at
    )
