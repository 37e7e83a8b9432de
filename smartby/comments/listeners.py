"""What follows from comments: live events for the contribution's readers."""

from __future__ import annotations

from ..core.transaction import post, together_with
from .facts import CommentAdded, CommentChanged
from .models import Comment


@together_with(CommentAdded)
def tell_of_comment(fact: CommentAdded) -> None:
    """Tell open pages of the comment and the new totals."""
    comment = fact.comment
    stream = f"contribution:{comment.contribution_id}"
    post(stream, "comment.added", comment=comment.id)
    _totals(comment)


@together_with(CommentChanged)
def tell_of_change(fact: CommentChanged) -> None:
    """Tell open pages of the change."""
    comment = fact.comment
    post(f"contribution:{comment.contribution_id}", "comment.changed", comment=comment.id)
    if comment.deleted_at is not None:
        _totals(comment)


def _totals(comment: Comment) -> None:
    c = comment.contribution
    post(
        f"contribution:{c.id}",
        "comments.counted",
        id=c.id,
        comments=c.comment_count,
        stances={"for": c.for_count, "against": c.against_count, "question": c.question_count},
    )
