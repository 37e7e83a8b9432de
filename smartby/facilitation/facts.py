"""What has happened while workshops are held."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from .models import Participant, Run


@dataclass(frozen=True, slots=True)
class DoorsOpened:
    """One can join a workshop from now on."""

    run: Run
    by: User


@dataclass(frozen=True, slots=True)
class HeadsCounted:
    """Those who lead have said how many people share a participant's device."""

    run: Run
    participant: Participant


@dataclass(frozen=True, slots=True)
class ParticipantOut:
    """Somebody has been shown out of a workshop."""

    run: Run
    participant: Participant


@dataclass(frozen=True, slots=True)
class RunClosed:
    """A workshop has been held; nothing is added to it any more."""

    run: Run
    by: User
