"""Invitations to a role by mail: sent, accepted once, or taken back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from ..accounts.models import User
from ..accounts.sessions import token_hash
from ..core.access import require
from ..core.clock import now
from ..core.errors import Gone, Refused
from ..core.formatting import date_long
from ..core.fragments import absolute
from ..core.mail import write
from ..core.transaction import announce, lock
from ..extensions import db
from .actions import give_role
from .facts import InvitationWithdrawn, Invited
from .models import Invitation, Member, Municipality
from .roles import role_name

LIFE = timedelta(days=14)
BY_TOKEN = select(Invitation).where(
    Invitation.token_hash == bindparam("token_hash"),
    Invitation.municipality_id == bindparam("town"),
)


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is invited to, and at which address."""

    email: str
    role: str
    title: str = ""
    unit_id: int | None = None


def invite(town: Municipality, wanted: Post, *, rule: str = "town.members", by: User) -> Invitation:
    """Invite somebody to a role by mail; an earlier open invitation to the same is taken back."""
    lock(town)
    require(rule, town, by)
    _withdraw_earlier(town, wanted)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        municipality_id=town.id, email=wanted.email.lower(), role=wanted.role, title=wanted.title,
        unit_id=wanted.unit_id, token_hash=token_hash(token), invited_by_id=by.id,
        expires_at=now() + LIFE,
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()
    _send(town, invitation, token, by)
    announce(Invited(invitation, by))
    return invitation


def find_invitation(town: Municipality, token: str) -> Invitation | None:
    """Return the invitation behind a mailed link of this town."""
    found: Invitation | None = db.session.scalars(
        BY_TOKEN, {"token_hash": token_hash(token), "town": town.id}
    ).one_or_none()
    return found


def refuse_unless_open(invitation: Invitation) -> None:
    """Raise Gone when the invitation was used, taken back, or is too old."""
    if invitation.used_at or invitation.withdrawn_at or invitation.expires_at <= now():
        raise Gone(_("Invitasjonen er brukt, trukket tilbake eller for gammel. Be om en ny."))


def accept(town: Municipality, invitation: Invitation, *, by: User) -> Member:
    """Take the role that one was invited to, with the account of the address invited."""
    lock(town)
    require("invitations.accept", town, by)
    refuse_unless_open(invitation)
    if by.email != invitation.email:  # a mail that is passed on must not pass the role on
        raise Refused(_("Invitasjonen gjelder en annen e-postadresse enn din."))
    invitation.used_at = now()
    return give_role(
        town, by, invitation.role, title=invitation.title, unit_id=invitation.unit_id,
        by=db.session.get(User, invitation.invited_by_id),
    )  # fmt: skip


def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back; its link stops working."""
    town = db.session.get_one(Municipality, invitation.municipality_id)
    lock(town)
    require("town.members", town, by)
    refuse_unless_open(invitation)
    invitation.withdrawn_at = now()
    announce(InvitationWithdrawn(invitation, by))
    return invitation


def _withdraw_earlier(town: Municipality, wanted: Post) -> None:
    query = select(Invitation).where(
        Invitation.municipality_id == town.id,
        Invitation.email == wanted.email.lower(),
        Invitation.role == wanted.role,
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    for earlier in db.session.scalars(query):
        earlier.withdrawn_at = now()


def _send(town: Municipality, invitation: Invitation, token: str, by: User) -> None:
    # In the town's language: nothing is known yet about who reads it.
    with force_locale(town.language):
        link = absolute("municipalities.invitation", town=town.slug, token=token)
        said = {
            "town": town.name, "role": role_name(invitation.role), "who": by.name, "link": link,
            "day": date_long(invitation.expires_at, town.language),
        }  # fmt: skip
        subject = _("Du er invitert som %(role)s i %(town)s", **said)
        body = _(
            "%(who)s inviterer deg til å være %(role)s i %(town)s på smartby.\n\n"
            "Åpne lenken, logg inn eller lag en bruker, og ta imot rollen:\n%(link)s\n\n"
            "Lenken virker én gang, til og med %(day)s. Kjenner du ikke avsenderen, kan du se "
            "bort fra denne e-posten.",
            **said,
        )
        write(invitation.email, subject, body, town.language)
