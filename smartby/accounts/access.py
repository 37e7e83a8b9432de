"""Who may do what with an account."""

from __future__ import annotations

from ..core.access import Person, finder, rule, signed_in
from ..core.clock import now
from ..extensions import db
from .models import UserSession

rule("account.own", signed_in)


@finder(UserSession)
def find_session(number: int, person: Person) -> UserSession | None:
    """Find one of one's own living sessions."""
    found = db.session.get(UserSession, number)
    if found is None or found.user_id != person.id:
        return None
    return found if found.ended_at is None and found.expires_at > now() else None
