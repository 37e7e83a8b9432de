"""What is entered when municipalities open and roles change."""

from __future__ import annotations

from ..core.transaction import together_with
from ..municipalities.facts import RoleGiven, RoleTaken, TownOpened
from .record import Decision, open_chain, record


@together_with(TownOpened)
def begin_chain(fact: TownOpened) -> None:
    """Begin the town's chain with its opening."""
    town = fact.town
    open_chain(town.id)
    decision = Decision("town.opened", f"municipality:{town.id}", title=town.name, to_value=town.number)
    record(town.id, decision, fact.by)


@together_with(RoleGiven)
def enter_role(fact: RoleGiven) -> None:
    """Enter a new role."""
    member = fact.member
    _enter_role(member.municipality_id, "role.given", member.user_id, member.role, fact)


@together_with(RoleTaken)
def enter_role_end(fact: RoleTaken) -> None:
    """Enter the end of a role."""
    _enter_role(fact.town.id, "role.taken", fact.user.id, fact.role, fact)


def _enter_role(town_id: int, what: str, user_id: int, role: str, fact: RoleGiven | RoleTaken) -> None:
    # Becoming or ceasing to be a plain citizen is nobody's public decision.
    if role != "citizen":
        record(town_id, Decision(what, f"person:{user_id}", to_value=role), fact.by)
