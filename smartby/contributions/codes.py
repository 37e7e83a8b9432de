"""Reference codes as people type them: HVN-2026-0029, hvn 29, 2026/29."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from ..core.clock import now, oslo
from ..extensions import db
from ..municipalities.models import Municipality
from .cards import CARD_COLUMNS
from .models import Contribution

C = Contribution.__table__
YEARS = 10  # how far back a number without a year is looked for
NUMBER = re.compile(r"(?:(20\d\d)(?:[\W_]+|(?=\d{4}$)))?(\d{1,6})")
BY_CODE: Select[Any] = (
    select(*CARD_COLUMNS)
    .where(
        C.c.municipality_id == bindparam("town"),
        C.c.code.in_(bindparam("codes", expanding=True)),
        C.c.hidden_at.is_(None),
    )
    .order_by(C.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a code that was searched for names: ideas, and challenges."""

    ideas: Sequence[Row[Any]] = ()
    challenges: Sequence[Row[Any]] = ()


def named_by(town: Municipality, typed: str) -> Named:
    """Return what has the code that was typed, the newest first; nothing when it is no code."""
    codes = codes_in(typed, town.code, oslo(now()).year)
    if not codes:
        return Named()
    rows = db.session.execute(BY_CODE, {"town": town.id, "codes": codes}).all()
    return Named(
        ideas=[row for row in rows if row.kind == "idea"],
        challenges=[row for row in rows if row.kind == "challenge"],
    )


def codes_in(typed: str, prefix: str, this_year: int) -> list[str]:
    """Return the codes that may be meant: one, or without a year one for each of the last ten."""
    text, prefix = typed.strip(" .#«»\"'").upper(), prefix.upper()
    ours = bool(prefix) and text.startswith(prefix)
    found = NUMBER.fullmatch(text[len(prefix) :].lstrip(" -–—_./#:") if ours else text)
    if found is None or not (ours or found[1]):
        return []
    years = [int(found[1])] if found[1] else range(this_year, this_year - YEARS, -1)
    return [f"{prefix}-{year}-{int(found[2]):04d}" for year in years]
