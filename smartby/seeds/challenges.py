"""Publishing the demo's challenges."""

from __future__ import annotations

from ..accounts.models import User
from ..challenges.models import Challenge
from ..contributions.actions import Content
from ..contributions.actions import publish as publish_contribution
from ..municipalities.models import Municipality


def publish(town: Municipality, written: Content, challenge: Challenge, *, by: User) -> Challenge:
    """Publish a challenge with its question, owner and times."""
    publish_contribution(challenge, town, written, by)
    return challenge
