"""What happens to comments, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..accounts.models import User


@dataclass(frozen=True, slots=True)
class Totals:
    """How much has been said under a contribution now."""

    comments: int
    stances: dict[str, int]


@dataclass(frozen=True, slots=True)
class CommentAdded:
    """Somebody commented, or replied to `parent`."""

    comment: int
    contribution: int
    parent: int | None
    author: int
    totals: Totals


@dataclass(frozen=True, slots=True)
class CommentEdited:
    """Its author changed the text."""

    comment: int
    contribution: int


@dataclass(frozen=True, slots=True)
class Removal:
    """Staff took away what somebody else wrote: a decision, with its reason."""

    town: int
    kind: str
    reason: str
    author: int
    written_at: datetime
    by: User


@dataclass(frozen=True, slots=True)
class CommentDeleted:
    """Its author or the town's staff deleted it."""

    comment: int
    contribution: int
    totals: Totals
    removal: Removal | None = None
