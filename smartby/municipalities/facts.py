"""What happens to municipalities, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from .models import Member, Municipality


@dataclass(frozen=True)
class TownOpened:
    """A municipality became active."""

    town: Municipality
    by: User | None


@dataclass(frozen=True)
class RoleGiven:
    """Somebody got a role."""

    member: Member
    by: User | None


@dataclass(frozen=True)
class RoleTaken:
    """Somebody lost a role."""

    town: Municipality
    user: User
    role: str
    by: User | None
