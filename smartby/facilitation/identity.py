"""Who is who in a run: by secret, account or return code; and how what they do is marked."""

from __future__ import annotations

import hmac

from sqlalchemy import bindparam, select

from ..core.access import Person
from ..core.guests import hash_of, kept_secret
from ..extensions import db
from ..workshops.models import STRICT
from .models import Participant, Run

BY_SECRET = select(Participant).where(
    Participant.secret_hash == bindparam("secret"), Participant.run_id == bindparam("run")
)
BY_ACCOUNT = select(Participant).where(
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


def participant_by_secret(run_id: int, secret_hash: str) -> Participant | None:
    """Find a participant by what is stored of the browser's secret."""
    asked = {"run": run_id, "secret": secret_hash}
    return db.session.scalars(BY_SECRET, asked).one_or_none()


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
