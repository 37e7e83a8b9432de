"""What happens to comments, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from .models import Comment


@dataclass(frozen=True)
class CommentAdded:
    """Somebody commented."""

    comment: Comment
    by: User


@dataclass(frozen=True)
class CommentChanged:
    """A comment was edited, deleted, or found useful."""

    comment: Comment
    by: User
