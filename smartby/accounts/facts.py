"""What happens to accounts, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from .models import User


@dataclass(frozen=True)
class AccountMade:
    """Somebody signed up."""

    user: User


@dataclass(frozen=True)
class AccountConfirmed:
    """Somebody showed that the e-mail is theirs."""

    user: User


@dataclass(frozen=True)
class ProfileChanged:
    """Somebody changed their name or language, or became nobody."""

    user: User


@dataclass(frozen=True)
class NameChanged:
    """Somebody took another name, and stays who they are (nobody's account has no new name)."""

    user: User
    before: str


@dataclass(frozen=True)
class SessionEnded:
    """One or more of a person's sessions were ended."""

    user: User
