"""What happens to contributions, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from .facets import Facet
from .models import Contribution


@dataclass(frozen=True)
class Published:
    """A contribution was published."""

    contribution: Contribution
    by: User


@dataclass(frozen=True)
class Before:
    """What a contribution could be found by before it was edited: filters, and stems."""

    facets: list[Facet]
    stems: str


@dataclass(frozen=True)
class Edited:
    """Its author changed the text."""

    contribution: Contribution
    before: Before
    by: User


@dataclass(frozen=True)
class Withdrawn:
    """Its author withdrew it."""

    contribution: Contribution
    reason: str
    by: User


@dataclass(frozen=True)
class Hidden:
    """A moderator hid it, or brought it back."""

    contribution: Contribution
    reason: str
    by: User
