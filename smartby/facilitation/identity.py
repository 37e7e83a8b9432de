"""Who is who in a run: by secret, account or return code; and how what they do is marked."""

from __future__ import annotations

import hmac

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm import contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from ..core.access import Person
from ..core.guests import hash_of, kept_secret
from ..extensions import db
from ..workshops.models import STRICT, Workshop
from .models import Participant, Run

# All that whatever a participant does looks at, in one question: a hall asks it at the same time.
WHOLE = (
    select(Participant)
    .join(Participant.run)
    .join(Run.workshop)
    .outerjoin(Run.activity)
    .options(
        contains_eager(Participant.run).options(
            contains_eager(Run.workshop), contains_eager(Run.activity)
        )
    )
)
BY_ID = WHOLE.where(Participant.id == bindparam("id"))
ANEW = BY_ID.execution_options(populate_existing=True)
BY_SECRET = WHOLE.where(
    Participant.secret_hash == bindparam("secret"), Participant.run_id == bindparam("run")
)
STANDING = (
    select(Workshop, Participant)
    .outerjoin(
        Participant,
        (Participant.run_id == Workshop.id) & (Participant.secret_hash == bindparam("secret")),
    )
    .where(Workshop.id == bindparam("run"))
)
BY_ACCOUNT = WHOLE.where(
    Participant.user_id == bindparam("user"), Participant.run_id == bindparam("run")
)
BY_RETURN = select(Participant).where(
    Participant.return_hash == bindparam("hash"), Participant.run_id == bindparam("run")
)


def participant_of(run_id: int, person: Person) -> Participant | None:
    """Return who somebody is in a run: by the secret in the browser, or by a linked account."""
    secret = kept_secret(participant_cookie(run_id))
    found = participant_by_secret(run_id, hash_of(secret)) if secret else None
    if found is None and person.is_authenticated:
        found = participant_by_account(run_id, person.id)
    return None if found is None or found.removed_at is not None else found


def is_own(participant: Participant, person: Person) -> bool:
    """Tell whether somebody is this participant, who was found already."""
    secret = kept_secret(participant_cookie(participant.run_id))
    if secret and hash_of(secret) == participant.secret_hash:
        return participant.removed_at is None
    return bool(person.is_authenticated) and (
        participant_of(participant.run_id, person) is participant
    )


def participant_whole(number: int) -> Participant | None:
    """Find a participant by number, with the run and what is on in it."""
    return db.session.scalars(BY_ID, {"id": number}).one_or_none()


def is_in(participant: Participant) -> bool:
    """Read anew who somebody is and what is on; tell whether they still take part."""
    number = inspect(participant).identity  # asking the row itself would read it once more
    found = db.session.scalars(ANEW, {"id": number[0] if number else 0}).one_or_none()
    return found is not None and found.removed_at is None


def participant_by_secret(run_id: int, secret_hash: str) -> Participant | None:
    """Find a participant by what is stored of the browser's secret."""
    asked = {"run": run_id, "secret": secret_hash}
    return db.session.scalars(BY_SECRET, asked).one_or_none()


def standing(run: Run, secret_hash: str) -> Participant | None:
    """Find a participant by the browser's secret, and read the workshop's terms anew."""
    asked = {"run": run.id, "secret": secret_hash}
    workshop, found = db.session.execute(STANDING, asked).one()
    set_committed_value(run, "workshop", workshop)
    return found


def participant_by_account(run_id: int, user_id: int) -> Participant | None:
    """Find a participant by a linked account."""
    return db.session.scalars(BY_ACCOUNT, {"run": run_id, "user": user_id}).one_or_none()


def participant_by_words(run_id: int, words_hash: str) -> Participant | None:
    """Find a participant by what is stored of the return code."""
    return db.session.scalars(BY_RETURN, {"run": run_id, "hash": words_hash}).first()


def is_screen(run: Run) -> bool:
    """Tell whether this browser was given the projector's view."""
    key = kept_secret(screen_cookie(run.id))
    return key is not None and hmac.compare_digest(key, run.screen_key)


def participant_cookie(run_id: int) -> str:
    """Name what a participant's browser keeps."""
    return f"workshop-{run_id}"


def screen_cookie(run_id: int) -> str:
    """Name what a projector's browser keeps."""
    return f"screen-{run_id}"


def mark_of(run: Run, participant: Participant) -> str:
    """Return how a participant's cards and votes are marked as theirs.

    Under strict anonymity the mark can be made only while the run has its secret: once that is
    destroyed nobody can tell whose it is.
    """
    if run.workshop.anonymity != STRICT:
        return f"p:{participant.id}"
    secret = (run.secret or "").encode()
    return "s:" + hmac.new(secret, f"p:{participant.id}".encode(), "sha256").hexdigest()[:56]
