"""Joining a run, coming back to it, raising a hand, and being shown out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from limits import RateLimitItem, parse
from sqlalchemy import bindparam, update

from ..core.access import Person, require
from ..core.clock import now
from ..core.errors import Busy, Invalid, NotFound, Refused, SignInNeeded
from ..core.guests import hash_of
from ..core.pace import keep_pace
from ..core.storing import store
from ..core.transaction import announce, lock
from ..extensions import db
from ..workshops.models import ANYONE, SEATED, STRICT, SignUp
from .facts import ParticipantOut
from .identity import (
    is_in,
    participant_by_account,
    participant_by_secret,
    participant_by_words,
    standing,
)
from .models import GUEST, MOST_PEOPLE, PAPER, PROXY, TEAM, Participant, Run
from .streams import tell_me, tell_out, tell_people
from .words import return_words, words_hash

UNLINK = (
    update(Participant)
    .where(Participant.user_id == bindparam("person"))
    .values(user_id=None, consents=False, name="")
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True, slots=True)
class Entrance:
    """How somebody wants to take part."""

    name: str = ""
    linked: bool = False  # to one's account
    consents: bool = False  # to be named on what comes of it, and so linked too
    at_home: bool = False
    heads: int = 1  # more than one: a team at one device


def join(run: Run, entrance: Entrance, *, secret: str, by: Person) -> Participant:
    """Let somebody in; who is in already stays who they are."""
    lock(run)
    require_open(run)
    known = standing(run, hash_of(secret))
    consents = entrance.consents and run.workshop.anonymity != STRICT and by.is_authenticated
    # Nobody can be named who is not known: one tick asks for both, as the door says.
    linked = (entrance.linked or consents) and by.is_authenticated
    known = known or (_by_account(run, by) if linked else None)
    if known is not None:
        return known
    require_welcome(run, by)
    keep_pace(_rate(), "join", str(run.id), _l("Svært mange blir med nå. Prøv igjen om litt."))
    return seat(
        run, entrance.heads,
        name=entrance.name, at_home=entrance.at_home, secret_hash=hash_of(secret),
        kind=TEAM if entrance.heads > 1 else GUEST,
        return_hash=words_hash(run.id, return_words(secret)),
        user_id=by.id if linked else None,
        consents=consents,
    )  # fmt: skip


def add_proxy(run: Run, name: str, *, kind: str = PROXY, by: Person) -> Participant:
    """Make a place for somebody without a phone, or for a sheet of paper."""
    lock(run)
    require("facilitation.help", run, by)
    require_open(run)
    return seat(run, 1 if kind == PROXY else 0, name=name, kind=kind)


def come_back(run: Run, words: str, *, secret: str) -> Participant:
    """Move a participant to another phone by the return code; the old one is let go."""
    lock(run)
    require_open(run)
    back = participant_by_secret(run.id, hash_of(secret))
    if back is not None and back.removed_at is None:
        return back  # the form was sent twice
    found = participant_by_words(run.id, words_hash(run.id, words))
    if found is None or found.removed_at is not None:
        raise Invalid(_("Vi kjenner ikke igjen disse ordene. Sjekk at alle fire er med."))
    found.secret_hash = hash_of(secret)
    found.return_hash = words_hash(run.id, return_words(secret))
    tell_out(found)  # whoever has the old secret; the new phone has not opened anything yet
    return found


def raise_hand(run: Run, participant: Participant, *, wanted: bool) -> None:
    """Raise a hand or take it down; saying so twice changes nothing."""
    lock(run)
    require_in(run, participant)
    if wanted != (participant.hand_at is not None):
        participant.hand_at = now() if wanted else None
        tell_people(run)
        tell_me(participant)


def be_ready(run: Run, participant: Participant, *, wanted: bool) -> None:
    """Say that one is done with the activity that is on, or not."""
    lock(run)
    require_in(run, participant)
    participant.ready_for = run.activity_id if wanted else None
    tell_people(run)
    tell_me(participant)


def show_out(run: Run, number: int) -> Participant:
    """Take somebody out of a run; the run's row must be locked."""
    found = db.session.get(Participant, number)
    if found is None or found.run_id != run.id:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    if found.removed_at is None:
        found.removed_at = now()
        heads = found.heads if found.kind != PAPER else 0
        run.joined, run.shown_out = run.joined - heads, run.shown_out + heads
        announce(ParticipantOut(run, found))
        tell_people(run)
        tell_out(found)
    return found


def unlink_everywhere(person: Person) -> None:
    """Take a person who leaves out of what ties them to workshops; what they wrote stays."""
    db.session.execute(UNLINK, {"person": person.id})


def seat(run: Run, heads: int, **values: Any) -> Participant:
    """Add a participant; the run's row must be locked."""
    if run.joined + heads > MOST_PEOPLE:
        raise Invalid(_("Det er fullt i verkstedet."))
    run.numbered += 1
    run.joined += heads
    found = Participant(
        municipality_id=run.municipality_id, run_id=run.id, number=run.numbered,
        heads=max(heads, 1), joined_at=now(), **values,
    )  # fmt: skip
    if not store(found):
        raise Busy
    tell_people(run)
    return found


def require_open(run: Run) -> None:
    """Raise Invalid when a run is over."""
    if run.closed_at is not None:
        raise Invalid(_("Verkstedet er avsluttet."))


def require_in(run: Run, participant: Participant) -> None:
    """Raise unless the run is open and the participant has not been shown out."""
    require_open(run)
    if not is_in(participant):
        raise Refused(_("Du er tatt ut av verkstedet."))


def require_welcome(run: Run, person: Person) -> None:
    """Raise unless the plan lets this person join."""
    wanted = run.workshop.joining
    if wanted == ANYONE:
        return
    if not person.is_authenticated:
        raise SignInNeeded(_("Logg inn for å bli med i dette verkstedet."))
    own = db.session.get(SignUp, (run.id, person.id))
    if wanted == SEATED and (own is None or not own.seated):
        raise Refused(_("Dette verkstedet er bare for de som er påmeldt."))


def _rate() -> RateLimitItem:
    """Return how many may join one workshop; never counted by address, since a hall is one."""
    return parse(current_app.config["JOIN_RATE"])


def _by_account(run: Run, person: Person) -> Participant | None:
    found = participant_by_account(run.id, person.id)
    if found is not None and found.removed_at is not None:
        raise Refused(_("Du er tatt ut av verkstedet."))
    return found
