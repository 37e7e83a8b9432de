"""Whether a workshop is being held: known to a room above, which tells it here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from ..core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Holding:
    """A workshop whose doors have been opened; closed when it is over."""

    closed: bool
    code: str | None
    rehearsal: bool = False  # with people who do not exist
    began: datetime | None = None  # its first activity
    ended: datetime | None = None
    took_part: int = 0


Tell = Callable[[Iterable[int]], dict[int, Holding]]
_tellers: list[Tell] = []


def tells(teller: Tell) -> Tell:
    """Register who knows."""
    _tellers[:] = [teller]
    return teller


def holding_of(workshop_id: int) -> Holding | None:
    """Tell whether a workshop's doors have been opened."""
    return holdings_of([workshop_id]).get(workshop_id)


def holdings_of(workshop_ids: Iterable[int]) -> dict[int, Holding]:
    """Tell which of these workshops' doors have been opened, by number."""
    return _tellers[0](workshop_ids) if _tellers else {}


def is_over(workshop_id: int) -> bool:
    """Tell whether a workshop has been held, and is over."""
    held = holding_of(workshop_id)
    return held is not None and held.closed


def require_unheld(workshop_id: int) -> None:
    """Raise Invalid when a workshop is over: its plan is what was held."""
    if is_over(workshop_id):
        raise Invalid(_("Verkstedet er holdt, og planen ligger fast. Lag en kopi for å endre."))
