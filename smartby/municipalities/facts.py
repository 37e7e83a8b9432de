"""What happens to municipalities, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from .models import Invitation, Member, Municipality


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


@dataclass(frozen=True)
class RoleChanged:
    """Somebody's title or unit in a role was changed."""

    member: Member
    by: User


@dataclass(frozen=True)
class TownClosed:
    """A municipality was closed, or opened again (`town.closed_at` tells which)."""

    town: Municipality
    by: User | None


@dataclass(frozen=True)
class TownChanged:
    """Settings of a municipality were changed; `what` says it in each language."""

    town: Municipality
    names: tuple[str, ...]
    what: dict[str, str]
    by: User


@dataclass(frozen=True)
class Invited:
    """Somebody was invited to a role."""

    invitation: Invitation
    by: User


@dataclass(frozen=True)
class InvitationWithdrawn:
    """An invitation was taken back before it was used."""

    invitation: Invitation
    by: User
