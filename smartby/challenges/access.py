"""Who may post and edit challenges; how one is found by number."""

from __future__ import annotations

from typing import Any

from ..contributions.access import author, find_contribution, standing
from ..core.access import Person, Rule, blocked, finder, rule, signed_in
from ..municipalities.access import staff
from .models import Challenge


@Rule
def official(person: Person, challenge: Any) -> bool:
    """A call that a unit of the town owns: its words are the town's, not one person's."""
    return getattr(challenge, "unit_id", None) is not None


# A problem is anybody's to tell; a call in the town's name, with a deadline, is the staff's.
rule("challenges.publish", signed_in & ~blocked)
rule("challenges.call", staff & ~blocked)
rule("challenges.edit", (author | staff & official) & standing & ~blocked)


@finder(Challenge)
def find_challenge(number: int, person: Person) -> Challenge | None:
    """Find a challenge in this town that this person may know of."""
    found = find_contribution(number, person)
    return found if isinstance(found, Challenge) else None
