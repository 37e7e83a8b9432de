"""Hands that are up, and that those who lead or help take down when the question is answered."""

from __future__ import annotations

from collections.abc import Iterable

from .models import Participant, Run
from .play import Fields
from .queries import hands
from .streams import tell_me, tell_people


def lower(run: Run, people: Iterable[Participant]) -> None:
    """Take down the hands of some, and tell them and those who see them; the run is locked."""
    for participant in people:
        participant.hand_at = None
        tell_me(participant)
    tell_people(run)


def lower_hand(run: Run, fields: Fields) -> None:
    """Take down one hand; whoever has taken it down already, or has left, changes nothing."""
    number = fields.get("participant", "")
    lower(run, [one for one in hands(run) if str(one.id) == number])
