"""Who may post and edit challenges; how one is found by number."""

from __future__ import annotations

from ..contributions.access import author, find_contribution, official, standing
from ..core.access import Person, blocked, finder, rule, signed_in
from ..municipalities.access import staff
from .models import Challenge

# A problem is anybody's to tell; a call in the town's name, with a deadline, is the staff's.
rule("challenges.publish", signed_in & ~blocked)
rule("challenges.call", staff & ~blocked)
rule("challenges.edit", (author & ~official | staff & official) & standing & ~blocked)


@finder(Challenge)
def find_challenge(number: int, person: Person) -> Challenge | None:
    """Find a challenge in this town that this person may know of."""
    found = find_contribution(number, person)
    return found if isinstance(found, Challenge) else None
