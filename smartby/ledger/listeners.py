"""What is entered when municipalities open and roles change."""

from __future__ import annotations

from ..accounts.facts import NameChanged
from ..core.transaction import together_with
from ..municipalities.facts import (
    InvitationWithdrawn,
    Invited,
    RoleChanged,
    RoleGiven,
    RoleTaken,
    TownChanged,
    TownClosed,
    TownOpened,
)
from ..municipalities.queries import towns_of_office
from .kinds import NAME_CHANGED
from .queries import chains_decided_in
from .record import Decision, open_chain, record


@together_with(TownOpened)
def begin_chain(fact: TownOpened) -> None:
    """Begin the town's chain with its opening."""
    town = fact.town
    open_chain(town.id)
    decision = Decision(
        "town.opened", f"municipality:{town.id}", title=town.name, to_value=town.number
    )
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


@together_with(RoleChanged)
def enter_role_change(fact: RoleChanged) -> None:
    """Enter that somebody acts under another title or for another unit."""
    member = fact.member
    decision = Decision("role.changed", f"person:{member.user_id}", to_value=member.role)
    record(member.municipality_id, decision, fact.by)


@together_with(Invited)
def enter_invitation(fact: Invited) -> None:
    """Enter that a role was offered; to whom is nobody's business before it is taken."""
    offered = fact.invitation
    decision = Decision("role.offered", f"invitation:{offered.id}", to_value=offered.role)
    record(offered.municipality_id, decision, fact.by)


@together_with(InvitationWithdrawn)
def enter_withdrawn_invitation(fact: InvitationWithdrawn) -> None:
    """Enter that the offer of a role was taken back."""
    offered = fact.invitation
    decision = Decision("role.offer_withdrawn", f"invitation:{offered.id}", to_value=offered.role)
    record(offered.municipality_id, decision, fact.by)


@together_with(TownClosed)
def enter_closing(fact: TownClosed) -> None:
    """Enter that a municipality was closed, or opened again."""
    what = "town.closed" if fact.town.closed_at else "town.reopened"
    record(fact.town.id, Decision(what, f"municipality:{fact.town.id}"), fact.by)


@together_with(TownChanged)
def enter_settings(fact: TownChanged) -> None:
    """Enter which settings were changed, from what to what."""
    decision = Decision(
        "town.changed",
        f"municipality:{fact.town.id}",
        to_value=", ".join(fact.names)[:120],
        details={f"what_{lang}": text for lang, text in fact.what.items()},
    )
    record(fact.town.id, decision, fact.by)


@together_with(NameChanged)
def enter_new_name(fact: NameChanged) -> None:
    """Enter it wherever this person decides or has decided: nobody re-signs the past unseen.

    Both names stand beside the chain, with the person, and go with the account.
    """
    user = fact.user
    decision = Decision(NAME_CHANGED, f"person:{user.id}", title=fact.before, text=user.name)
    for chain in sorted({*towns_of_office(user.id), *chains_decided_in(user.id)}):
        record(chain, decision, user)


def _enter_role(
    town_id: int, what: str, user_id: int, role: str, fact: RoleGiven | RoleTaken
) -> None:
    # Becoming or ceasing to be a plain citizen is nobody's public decision.
    if role != "citizen":
        record(town_id, Decision(what, f"person:{user_id}", to_value=role), fact.by)
