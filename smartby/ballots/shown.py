"""What a vote shows: to everybody, and to each who votes."""

from __future__ import annotations

from dataclasses import dataclass, field

from .items import Option
from .models import Ballot, Round, Vote
from .movement import Move
from .papers import Count, Turnout
from .sheets import FORMER, NEWS, ROOM


@dataclass(frozen=True, slots=True)
class Shown:
    """What everybody may see: who has voted, and the result if the round is not blind any more."""

    round: Round | None = None
    turnout: Turnout | None = None
    titles: dict[str, str] = field(default_factory=dict)
    options: dict[str, Option] = field(default_factory=dict)  # what lies behind the titles
    counted: Round | None = None  # whose result it is: an earlier round's while this one is blind
    count: Count | None = None
    moves: dict[str, Move] = field(default_factory=dict)  # since the round before

    @property
    def is_former(self) -> bool:
        """Whether the result is that of a round before the one that is on."""
        return self.counted is not None and self.counted is not self.round

    @property
    def is_another(self) -> bool:
        """Whether there has been a round before."""
        return self.round is not None and self.round.number > 1

    @property
    def room(self) -> float:
        """How much room a projector's page has for the result."""
        if self.is_former:
            return ROOM - FORMER
        return ROOM - NEWS if self.is_another else ROOM


@dataclass(frozen=True, slots=True)
class Mine:
    """What is a participant's own: the ballot, and what can be pressed next."""

    round: Round | None = None
    ballot: Ballot | None = None
    votes: dict[str, Vote] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    options: dict[str, Option] = field(default_factory=dict)  # what lies behind the titles
    left: int = 0
    next: str | None = None  # what is asked about now, where it is one thing at a time
    locked: bool = False  # whether nobody can vote just now, though the round is open

    def value(self, item: str) -> int | None:
        """Return what was said of an item."""
        vote = self.votes.get(item)
        return None if vote is None else vote.value

    def across(self, item: str) -> int | None:
        """Return the second value that was given an item."""
        vote = self.votes.get(item)
        return None if vote is None else vote.across
