"""What has happened to what workshops have made."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from ..facilitation.models import Run
from .models import Outcome


@dataclass(frozen=True, slots=True)
class Harvested:
    """Items of a workshop were published in one action."""

    run: Run
    outcomes: tuple[Outcome, ...]
    by: User
