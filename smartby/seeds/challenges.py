"""Publishing the demo's challenges."""

from __future__ import annotations

from ..accounts.models import User
from ..challenges.actions import Call, publish_challenge
from ..challenges.models import Challenge
from ..contributions.actions import Content
from ..municipalities.models import Municipality


def publish(town: Municipality, written: Content, challenge: Challenge, *, by: User) -> Challenge:
    """Publish a challenge with its question, owner and times."""
    call = Call(
        question=challenge.question,
        unit_id=challenge.unit_id,
        opens_at=challenge.opens_at,
        closes_at=challenge.closes_at,
    )
    return publish_challenge(town, written, call, by=by)
