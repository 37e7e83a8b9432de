"""Signing up and off: seats go in order, and whoever waits gets the next one."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, select

from ..accounts.models import User
from ..core.access import require
from ..core.clock import now
from ..core.errors import Invalid
from ..core.transaction import announce, lock
from ..extensions import db
from .facts import SeatFreed, WorkshopChanged
from .models import SignUp, Workshop
from .queries import FIRST_WAITING, turnout

MOST = 2_500  # people in a workshop, and as many again who wait
SIGNED_UP_FOR = (
    select(Workshop)
    .join(SignUp, SignUp.workshop_id == Workshop.id)
    .where(SignUp.user_id == bindparam("person"))
    .order_by(Workshop.id)
)
TAKE_OUT = delete(SignUp).where(
    SignUp.workshop_id == bindparam("workshop"), SignUp.user_id == bindparam("person")
)


def sign_up(workshop: Workshop, *, wanted: bool, by: User) -> str:
    """Sign up or off, which may be said twice; return "seated", "waiting" or "off"."""
    lock(workshop)
    require("workshops.sign_up", workshop, by)
    if workshop.cancelled_at is not None:
        raise Invalid(_("Verkstedet er avlyst."))
    if not workshop.takes_sign_ups(now()):
        raise Invalid(_("Man kan melde seg på og av fra verkstedet er kunngjort til det begynner."))
    own = db.session.get(SignUp, (workshop.id, by.id))
    if wanted and own is None:
        own = SignUp(workshop_id=workshop.id, user_id=by.id, seated=_gets_seat(workshop))
        db.session.add(own)
        announce(WorkshopChanged(workshop))
    elif not wanted and own is not None:
        db.session.delete(own)
        db.session.flush()
        give_free_seats(workshop)
        announce(WorkshopChanged(workshop))
        own = None
    if own is None:
        return "off"
    return "seated" if own.seated else "waiting"


def give_free_seats(workshop: Workshop) -> None:
    """Give seats that are free to those who wait, in order; the workshop's row must be locked."""
    counted = turnout(workshop.id)
    free = (workshop.seats or MOST) - counted.seated
    if free <= 0 or not counted.waiting:
        return
    asked = {"workshop": workshop.id, "limit": free}
    for waiting in db.session.scalars(FIRST_WAITING, asked).all():
        waiting.seated = True
        announce(SeatFreed(workshop, waiting))


def sign_off_everywhere(person: User) -> None:
    """Take a person who leaves out of every list; their seats go to those who wait."""
    for workshop in db.session.scalars(SIGNED_UP_FOR, {"person": person.id}).all():
        lock(workshop)
        db.session.execute(TAKE_OUT, {"workshop": workshop.id, "person": person.id})
        if workshop.takes_sign_ups(now()):
            give_free_seats(workshop)
        announce(WorkshopChanged(workshop))


def outcome(state: str) -> str:
    """Say what signing up or off has led to."""
    words: dict[str, str] = {
        "seated": _("Du er påmeldt."),
        "waiting": _(
            "Det er fullt. Du står på ventelisten, og får e-post hvis en plass blir ledig."
        ),
        "off": _("Du er meldt av."),
    }
    return words[state]


def _gets_seat(workshop: Workshop) -> bool:
    counted = turnout(workshop.id)
    if counted.waiting >= MOST:
        raise Invalid(_("Ventelisten er full."))
    return counted.seated < (workshop.seats or MOST) and not counted.waiting
