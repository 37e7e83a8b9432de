"""What else must change when somebody gets another name, or an office."""

from __future__ import annotations

from ..accounts.facts import ProfileChanged
from ..accounts.sessions import shorten_sessions
from ..core import fragments
from ..core.transaction import after, together_with
from ..municipalities.facts import RoleGiven


@after(ProfileChanged)
def forget_fragments(_fact: ProfileChanged) -> None:
    """Let partials be rendered anew: the name stands in many of them."""
    fragments.clear()


@together_with(RoleGiven)
def shorten_to_office_hours(fact: RoleGiven) -> None:
    """Hold whoever gets an office to the shorter sessions that offices have."""
    if fact.member.role != "citizen":
        shorten_sessions(fact.member.user)
