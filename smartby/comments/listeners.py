"""What follows from comments: live events for the contribution's readers."""

from __future__ import annotations

from ..core.transaction import post, together_with
from .facts import CommentAdded, CommentDeleted, CommentEdited, Totals


@together_with(CommentAdded)
def tell_of_comment(fact: CommentAdded) -> None:
    """Tell open pages of the comment and the new totals."""
    post(f"contribution:{fact.contribution}", "comment.added", comment=fact.comment)
    _count(fact.contribution, fact.totals)


@together_with(CommentEdited)
def tell_of_edit(fact: CommentEdited) -> None:
    """Tell open pages of the new text."""
    post(f"contribution:{fact.contribution}", "comment.changed", comment=fact.comment)


@together_with(CommentDeleted)
def tell_of_deletion(fact: CommentDeleted) -> None:
    """Tell open pages that only a tombstone is left."""
    post(f"contribution:{fact.contribution}", "comment.changed", comment=fact.comment)
    _count(fact.contribution, fact.totals)


def _count(contribution: int, totals: Totals) -> None:
    post(
        f"contribution:{contribution}",
        "comments.counted",
        id=contribution,
        comments=totals.comments,
        stances=totals.stances,
    )
