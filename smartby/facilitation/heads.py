"""How many people share a device: what is claimed at the door, and what those who lead count."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select

from ..core.errors import Invalid, NotFound
from ..core.transaction import announce
from ..extensions import db
from .facts import HeadsCounted
from .models import COUNTED, MOST_PEOPLE, TEAM, TEAM_SIZE, Participant, Run
from .play import Fields
from .streams import tell_me, tell_people

CLAIMED = select(func.count(), func.coalesce(func.sum(Participant.heads), 0)).where(
    Participant.run_id == bindparam("run"),
    Participant.kind == TEAM,
    Participant.removed_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Claims:
    """Devices that are said to be several people's, which nobody has looked at yet."""

    devices: int
    people: int


def claims_of(run: Run) -> Claims:
    """Count the devices whose heads those who lead have not confirmed."""
    devices, people = db.session.execute(CLAIMED, {"run": run.id}).one()
    return Claims(int(devices), int(people))


def count_heads(run: Run, fields: Fields) -> None:
    """Confirm or change how many share a device; what it votes counts so from now on."""
    number = fields.get("participant", "")
    found = db.session.get(Participant, int(number)) if _is_number(number) else None
    known = found is not None and found.run_id == run.id and found.removed_at is None
    if found is None or not known or found.kind not in (TEAM, COUNTED):
        raise NotFound(_("Vi finner ikke det du leter etter."))
    heads = _read(fields.get(f"heads-{found.id}", ""))
    if run.joined + heads - found.heads > MOST_PEOPLE:
        raise Invalid(_("Det er fullt i verkstedet."))
    run.joined += heads - found.heads
    found.heads, found.kind = heads, COUNTED
    announce(HeadsCounted(run, found))
    tell_people(run)
    tell_me(found)


def _read(typed: str) -> int:
    heads = int(typed) if _is_number(typed.strip()) else 0
    if not 1 <= heads <= TEAM_SIZE:
        raise Invalid(_("Skriv et tall mellom 1 og 20."))
    return heads


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 10
