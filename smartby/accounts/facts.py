"""What happens to accounts, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from .models import User


@dataclass(frozen=True)
class AccountMade:
    """Somebody signed up."""

    user: User


@dataclass(frozen=True)
class SessionEnded:
    """One or more of a person's sessions were ended."""

    user: User
