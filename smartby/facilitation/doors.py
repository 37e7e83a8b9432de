"""Opening a workshop's doors, and closing it for good."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, select, update

from ..accounts.models import User
from ..core.access import require
from ..core.clock import now
from ..core.errors import Busy, Invalid
from ..core.formatting import date_long
from ..core.fragments import language
from ..core.guests import new_secret
from ..core.models import Idempotency
from ..core.transaction import announce, lock
from ..extensions import db
from ..workshops.models import STRICT, Workshop
from ..workshops.queries import steps_of
from .facts import DoorsOpened, RunClosed
from .identity import mark_of
from .models import Participant, Run
from .play import play_of
from .queries import run_by_code
from .streams import tell_moved
from .words import new_code

TRIES = 20
EARLY = timedelta(days=1)  # so long before it begins doors are hardly opened on purpose
FORGET_ACCOUNTS = (
    update(Participant)
    .where(Participant.run_id == bindparam("run"))
    .values(user_id=None, consents=False)
    .execution_options(synchronize_session=False)
)
EVERYBODY = select(Participant).where(Participant.run_id == bindparam("run"))
FORGET_KEYS = (
    delete(Idempotency)
    .where(Idempotency.actor.in_(bindparam("marks", expanding=True)))
    .execution_options(synchronize_session=False)
)
AT_ONCE = 500


def open_doors(workshop: Workshop, *, by: User) -> Run:
    """Let people join a workshop with a code; opening what is open changes nothing."""
    lock(workshop)
    require("workshops.edit", workshop, by)
    found = db.session.get(Run, workshop.id)
    if found is not None:
        return found
    if not steps_of(workshop):
        raise Invalid(_("Programmet er tomt. Legg til minst ett punkt før du åpner dørene."))
    run = Run(
        id=workshop.id, municipality_id=workshop.municipality_id, code=free_code(),
        screen_key=new_secret(), opened_by_id=by.id, workshop=workshop,
        secret=secrets.token_hex(32) if workshop.anonymity == STRICT else None,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    announce(DoorsOpened(run, by))
    return run


def doubts(workshop: Workshop) -> list[str]:
    """Say why one may not mean to open a workshop's doors now; they cannot be shut again."""
    early = workshop.starts_at - now()
    found = []
    if workshop.announced_at is None:
        found.append(str(_("Verkstedet er ikke kunngjort, så ingen andre ser det.")))
    if early > EARLY:
        begins = date_long(workshop.starts_at, language())
        found.append(str(_("Det begynner ikke før %(day)s.", day=begins)))
    return found


def close_run(run: Run, *, by: User) -> Run:
    """End a workshop: nothing is added any more, the code is free, secrets are destroyed."""
    lock(run)
    require("facilitation.drive", run, by)
    if run.closed_at is not None:
        return run
    if run.activity is not None:
        play_of(run.activity).finish(run, run.activity)
        run.activity.ended_at = now()
    run.closed_at, run.code, run.activity_id, run.undo = now(), None, None, None
    run.activity = None
    run.rev += 1
    if run.workshop.anonymity == STRICT:
        _cut_ties(run)
    tell_moved(run)
    announce(RunClosed(run, by))
    return run


def _cut_ties(run: Run) -> None:
    """Destroy what could tell who wrote what: nobody can find it out then, not we either."""
    everybody = db.session.scalars(EVERYBODY, {"run": run.id}).all()
    # Keys of what was sent carry a print of person and text: whoever has both could try them out.
    marks = [mark_of(run, participant) for participant in everybody]
    for first in range(0, len(marks), AT_ONCE):
        db.session.execute(FORGET_KEYS, {"marks": marks[first : first + AT_ONCE]})
    db.session.execute(FORGET_ACCOUNTS, {"run": run.id})
    run.secret = None


def free_code() -> str:
    """Return a code that opens no other workshop; raise Busy when none is found."""
    for _turn in range(TRIES):
        code = new_code()
        if run_by_code(code) is None:
            return code
    raise Busy
