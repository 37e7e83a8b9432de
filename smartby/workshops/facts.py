"""What has happened to workshops."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from .models import HelperInvitation, SignUp, Workshop


@dataclass(frozen=True, slots=True)
class WorkshopAnnounced:
    """A workshop can be seen by everybody from now on."""

    workshop: Workshop
    by: User


@dataclass(frozen=True, slots=True)
class WorkshopChanged:
    """What its page shows is another than before."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class WorkshopMoved:
    """A workshop that was announced is at another time or place."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class WorkshopTomorrow:
    """A workshop begins in about a day."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class WorkshopCancelled:
    """A workshop that was announced does not take place."""

    workshop: Workshop
    by: User


@dataclass(frozen=True, slots=True)
class SeatFreed:
    """Somebody who waited has a seat now."""

    workshop: Workshop
    sign_up: SignUp


@dataclass(frozen=True, slots=True)
class LeadGiven:
    """Somebody leads a workshop, leads it too ("lead"), or helps at it ("helper") from now on."""

    workshop: Workshop
    person: User
    role: str
    by: User


@dataclass(frozen=True, slots=True)
class HelperInvited:
    """An address is asked to help at a workshop."""

    workshop: Workshop
    invitation: HelperInvitation
    by: User


@dataclass(frozen=True, slots=True)
class LetterOwed:
    """Everybody who signed up for a workshop gets a letter, which a job writes."""

    workshop: Workshop
