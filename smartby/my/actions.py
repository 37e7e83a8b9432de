"""Looking at one's own page; and leaving: the person becomes nobody, what they said stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from ..accounts.facts import ProfileChanged
from ..accounts.models import MailedLink, User, UserSession
from ..accounts.sessions import end_sessions
from ..contributions.models import Draft
from ..core.access import require
from ..core.clock import now
from ..core.mail import Mail
from ..core.transaction import announce, lock
from ..extensions import db
from ..facilitation.participants import unlink_everywhere
from ..ledger.erasure import erase_person
from ..municipalities.actions import take_role
from ..municipalities.models import Member, Municipality
from ..outcomes.models import Contributor
from ..workshops.leads import leave_workshops
from ..workshops.seats import sign_off_everywhere

ONE_LOOK = timedelta(minutes=30)  # within it, what was new is still shown as new
NOBODY = "Tidligere bruker"


def is_new_look(person: User) -> bool:
    """Tell whether somebody comes to their own page after a while, and not again."""
    return person.looked_at is None or person.looked_at < now() - ONE_LOOK


def note_look(*, by: User) -> None:
    """Note that a new look at one's own page begins."""
    lock(by)
    require("account.own", by, by)
    if is_new_look(by):
        by.looked_before, by.looked_at = by.looked_at, now()


def erase_account(*, by: User) -> None:
    """Make one's own account nobody's, for good; the last administrator of a town must stay.

    Ideas, comments and supports stay without a name: others have answered them, and totals were
    true when they were counted.
    """
    lock(by)
    require("account.own", by, by)
    _leave_offices(by)
    sign_off_everywhere(by)
    leave_workshops(by)
    unlink_everywhere(by)
    erase_person(by, by=by)
    end_sessions(by)
    _delete_traces(by)
    by.name, by.email = NOBODY, f"erased-{by.id}@invalid"
    by.password_hash = by.language = by.email_confirmed_at = None
    by.looked_at = by.looked_before = None
    by.is_operator = False
    by.version += 1
    announce(ProfileChanged(by))


def _leave_offices(user: User) -> None:
    query = (
        select(Member, Municipality)
        .join(Municipality, Municipality.id == Member.municipality_id)
        .where(Member.user_id == user.id)
        .order_by(Municipality.id)
    )
    for member, town in db.session.execute(query).all():
        take_role(town, member)


def _delete_traces(user: User) -> None:
    db.session.flush()
    for condition in (
        Draft.author_id == user.id,
        Contributor.user_id == user.id,
        MailedLink.user_id == user.id,
        UserSession.user_id == user.id,
        Mail.to == user.email,
    ):
        model = condition.left.table
        db.session.execute(delete(model).where(condition))
