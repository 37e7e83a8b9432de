"""Who has which role where; roles never cross municipalities."""

from __future__ import annotations

from typing import Any

from ..core.access import Person, Rule, anyone, blocked, finder, rule, signed_in
from ..extensions import db
from .models import Municipality


def town_id(obj: Any) -> int | None:
    """Return the municipality an object belongs to (a municipality belongs to itself)."""
    return obj.id if isinstance(obj, Municipality) else getattr(obj, "municipality_id", None)


def has_role(*roles: str) -> Rule:
    """Build the predicate: the person holds one of these roles in the object's municipality."""

    def test(person: Person, obj: Any) -> bool:
        town = town_id(obj)
        return town is not None and bool(person.roles_in(town) & set(roles))

    return Rule(test, " or ".join(roles))


administrator = has_role("administrator")
staff = has_role("moderator", "administrator")
operator = Rule(lambda person, obj: bool(person.is_operator), "operator")

rule("town.see", anyone)
rule("town.take_part", signed_in & ~blocked)
rule("town.edit", administrator & ~blocked)
rule("town.members", administrator & ~blocked)
rule("town.staff", staff & ~blocked)
rule("towns.manage", operator & ~blocked)
rule("invitations.accept", signed_in & ~blocked)


@finder(Municipality)
def find_municipality(number: int, person: Person) -> Municipality | None:
    """Find a municipality on a national page, also one that is closed."""
    return db.session.get(Municipality, number)
