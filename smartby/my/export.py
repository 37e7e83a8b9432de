"""Everything stored about one person, as plain data."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Select, String, bindparam, cast, literal, select

from ..accounts.models import User, UserSession
from ..ballots.models import Round, Vote
from ..comments.models import Comment, Useful
from ..contributions.models import Contribution, ContributionText, ContributionVersion, Draft
from ..core.clock import now
from ..extensions import db
from ..facilitation.models import Participant
from ..municipalities.models import Member, Municipality
from ..outcomes.models import Contributor, Outcome
from ..votes.models import Support
from ..workshops.models import Activity, HelperInvitation, SignUp, Workshop, WorkshopLead

PERSON: BindParameter[int] = bindparam("person")
C, T, TOWN = Contribution.__table__, ContributionText.__table__, Municipality.__table__
SAID, GIVEN, DRAFT = Comment.__table__, Support.__table__, Draft.__table__
ROLE, SESSION, OLD = Member.__table__, UserSession.__table__, ContributionVersion.__table__
VALUED = Useful.__table__
COMES, MEETING = SignUp.__table__, Workshop.__table__
BESIDE, ASKED, ACCOUNT = WorkshopLead.__table__, HelperInvitation.__table__, User.__table__
TOOK_PART, ROUND, VOTE = Participant.__table__, Round.__table__, Vote.__table__
STEP = Activity.__table__
NAMED, REAPED = Contributor.__table__, Outcome.__table__

PARTS: dict[str, Select[Any]] = {
    "contributions": select(
        C.c.id, C.c.kind, C.c.code, TOWN.c.name.label("municipality"), C.c.title, T.c.body,
        C.c.lang, C.c.place, C.c.principle_ids, C.c.goal_ids, C.c.published_at, C.c.edited_at,
        C.c.withdrawn_at, C.c.withdrawn_reason, C.c.hidden_at, C.c.hidden_reason,
    )
    .join(T, T.c.contribution_id == C.c.id)
    .join(TOWN, TOWN.c.id == C.c.municipality_id)
    .where(C.c.author_id == PERSON)
    .order_by(C.c.id),
    "earlier_versions": select(
        OLD.c.contribution_id, OLD.c.version, OLD.c.title, OLD.c.body, OLD.c.created_at
    )
    .where(OLD.c.edited_by_id == PERSON)
    .order_by(OLD.c.contribution_id, OLD.c.version),
    "comments": select(
        SAID.c.id, SAID.c.contribution_id, SAID.c.parent_id, SAID.c.stance, SAID.c.body,
        SAID.c.lang, SAID.c.created_at, SAID.c.edited_at,
    )
    .where(SAID.c.author_id == PERSON, SAID.c.deleted_at.is_(None))
    .order_by(SAID.c.id),
    "supports": select(GIVEN.c.contribution_id, C.c.code, C.c.title, GIVEN.c.created_at)
    .join(C, C.c.id == GIVEN.c.contribution_id)
    .where(GIVEN.c.user_id == PERSON)
    .order_by(GIVEN.c.contribution_id),
    "found_useful": select(VALUED.c.comment_id, VALUED.c.created_at)
    .where(VALUED.c.user_id == PERSON)
    .order_by(VALUED.c.comment_id),
    "drafts": select(
        TOWN.c.name.label("municipality"), DRAFT.c.kind, DRAFT.c.fields, DRAFT.c.saved_at
    )
    .join(TOWN, TOWN.c.id == DRAFT.c.municipality_id)
    .where(DRAFT.c.author_id == PERSON)
    .order_by(DRAFT.c.id),
    "workshops": select(
        MEETING.c.id, TOWN.c.name.label("municipality"), MEETING.c.title, MEETING.c.starts_at,
        COMES.c.seated, COMES.c.created_at,
    )
    .join(MEETING, MEETING.c.id == COMES.c.workshop_id)
    .join(TOWN, TOWN.c.id == MEETING.c.municipality_id)
    .where(COMES.c.user_id == PERSON)
    .order_by(MEETING.c.id),
    "workshops_led": select(
        MEETING.c.id, TOWN.c.name.label("municipality"), MEETING.c.title, MEETING.c.purpose,
        MEETING.c.place, MEETING.c.starts_at, MEETING.c.announced_at, MEETING.c.cancelled_at,
        MEETING.c.cancel_reason,
    )
    .join(TOWN, TOWN.c.id == MEETING.c.municipality_id)
    .where(MEETING.c.leader_id == PERSON)
    .order_by(MEETING.c.id),
    "workshops_beside": select(
        MEETING.c.id, TOWN.c.name.label("municipality"), MEETING.c.title, MEETING.c.starts_at,
        BESIDE.c.role, BESIDE.c.created_at,
    )
    .join(MEETING, MEETING.c.id == BESIDE.c.workshop_id)
    .join(TOWN, TOWN.c.id == MEETING.c.municipality_id)
    .where(BESIDE.c.user_id == PERSON)
    .order_by(MEETING.c.id),
    "asked_to_help": select(
        MEETING.c.id, TOWN.c.name.label("municipality"), MEETING.c.title, ASKED.c.created_at
    )
    .join(MEETING, MEETING.c.id == ASKED.c.workshop_id)
    .join(TOWN, TOWN.c.id == MEETING.c.municipality_id)
    .join(ACCOUNT, ACCOUNT.c.email == ASKED.c.email)
    .where(ACCOUNT.c.id == PERSON)
    .order_by(ASKED.c.id),
    "workshops_joined": select(
        TOOK_PART.c.run_id, MEETING.c.title, TOOK_PART.c.name, TOOK_PART.c.consents,
        TOOK_PART.c.at_home, TOOK_PART.c.joined_at,
    )
    .join(MEETING, MEETING.c.id == TOOK_PART.c.run_id)
    .where(TOOK_PART.c.user_id == PERSON)
    .order_by(TOOK_PART.c.id),
    # Under strict anonymity there is no way from a person to a vote, not here either.
    "workshop_votes": select(
        STEP.c.title, ROUND.c.number.label("round"), ROUND.c.kind, VOTE.c.item, VOTE.c.value,
        VOTE.c.across,
    )
    .join(TOOK_PART, VOTE.c.voter == literal("p:").concat(cast(TOOK_PART.c.id, String)))
    .join(ROUND, ROUND.c.id == VOTE.c.round_id)
    .join(STEP, STEP.c.id == ROUND.c.activity_id)
    .where(TOOK_PART.c.user_id == PERSON)
    .order_by(ROUND.c.id, VOTE.c.item),
    "named_on": select(C.c.id, C.c.kind, C.c.code, C.c.title, NAMED.c.created_at)
    .join(C, C.c.id == NAMED.c.contribution_id)
    .where(NAMED.c.user_id == PERSON)
    .order_by(C.c.id),
    "harvested": select(REAPED.c.run_id, C.c.id, C.c.code, C.c.title, REAPED.c.created_at)
    .join(C, C.c.id == REAPED.c.contribution_id)
    .where(REAPED.c.made_by_id == PERSON)
    .order_by(REAPED.c.id),
    "roles": select(TOWN.c.name.label("municipality"), ROLE.c.role, ROLE.c.title, ROLE.c.created_at)
    .join(TOWN, TOWN.c.id == ROLE.c.municipality_id)
    .where(ROLE.c.user_id == PERSON)
    .order_by(ROLE.c.id),
    "sessions": select(
        SESSION.c.device, SESSION.c.created_at, SESSION.c.expires_at, SESSION.c.ended_at
    )
    .where(SESSION.c.user_id == PERSON)
    .order_by(SESSION.c.id),
}  # fmt: skip


def everything(person: User) -> dict[str, Any]:
    """Return all that is stored about a person, without what would let others in."""
    asked = {"person": person.id}
    parts = {
        name: [dict(row._mapping) for row in db.session.execute(query, asked)]
        for name, query in PARTS.items()
    }
    return {"made_at": now(), "account": _account(person), **parts}


def _account(person: User) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "email_confirmed_at": person.email_confirmed_at,
        "language": person.language,
        "looked_at": person.looked_at,
        "looked_before": person.looked_before,
        "blocked_at": person.blocked_at,
        "blocked_reason": person.blocked_reason,
        "created_at": person.created_at,
    }
