"""Publishing and editing challenges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..accounts.models import User
from ..contributions.actions import Content, edit, publish
from ..contributions.drafts import discard_draft
from ..core.access import can, require
from ..core.clock import now
from ..core.transaction import lock, post
from ..municipalities.models import Municipality
from .models import Challenge


@dataclass(frozen=True, slots=True)
class Call:
    """What makes a problem a call: a question, and for the staff an owner and times."""

    question: str = ""
    unit_id: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def official(self) -> bool:
        """Whether it speaks in the town's name."""
        return (self.unit_id, self.opens_at, self.closes_at) != (None, None, None)


def publish_challenge(
    town: Municipality, content: Content, call: Call, *, draft: str = "", by: User
) -> Challenge:
    """Publish a challenge: anybody a problem, the staff a call."""
    require("challenges.publish", town, by)
    if call.official:
        require("challenges.call", town, by)
    challenge = Challenge(
        question=call.question,
        unit_id=call.unit_id,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
    )
    publish(challenge, town, content, by)
    if draft:
        discard_draft(town, draft, by=by)
    return challenge


def edit_challenge(
    challenge: Challenge, content: Content, call: Call, *, seen: int, by: User
) -> Challenge:
    """Change a challenge; who is not staff leaves owner and times as they are."""
    lock(challenge)
    challenge.question = call.question  # before the text: it is searched too
    edit(challenge, content, rule="challenges.edit", seen=seen, by=by)
    was_open = challenge.is_open(now())
    if can("challenges.call", challenge, by):
        challenge.unit_id = call.unit_id
        challenge.opens_at, challenge.closes_at = call.opens_at, call.closes_at
    if challenge.is_open(now()) != was_open:
        # Whether it takes ideas stands all over its page.
        post(f"contribution:{challenge.id}", "contribution.changed", id=challenge.id)
    return challenge
