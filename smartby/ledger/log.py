"""The town's public log: keyset pages, filtered by group and month, searched by title and code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from babel.dates import format_date
from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import aliased

from ..core.clock import from_oslo, now, oslo
from ..core.fragments import language
from ..extensions import db
from .kinds import GROUPS, described, types_in
from .models import LedgerEntry
from .queries import ENTRY, READ, hidden_among, read
from .reading import Entry

PAGE = 25


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants to see of the log."""

    group: str = ""
    month: str = ""  # "2026-11"
    words: str = ""

    @property
    def active(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.group or self.month or self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the log; `before` leads to the older ones."""

    entries: list[Entry]
    before: int | None


def page(municipality_id: int, wanted: Filter, before: int | None = None) -> Page:
    """Return the newest entries that pass the filter, beyond a number when given."""
    query = READ.where(ENTRY.c.municipality_id == municipality_id)
    query = _in_month(_in_group(query, wanted.group), wanted.month)
    if wanted.words:
        query = _about(query, municipality_id, wanted.words)
    if before is not None:
        query = query.where(ENTRY.c.seq < before)
    rows = db.session.execute(query.order_by(ENTRY.c.seq.desc()).limit(PAGE + 1)).all()
    entries = [read(row) for row in rows[:PAGE]]
    hidden = hidden_among({entry.subject for entry in entries})
    for entry in entries:
        entry.hidden = entry.subject in hidden
    return Page(entries, entries[-1].seq if len(rows) > PAGE else None)


def months(municipality_id: int) -> list[tuple[str, str]]:
    """Return the months that the log covers with their names, newest first."""
    first = db.session.scalar(
        select(func.min(ENTRY.c.ts)).where(ENTRY.c.municipality_id == municipality_id)
    )
    if first is None:
        return []
    start, end = oslo(first), oslo(now())
    count = (end.year - start.year) * 12 + end.month - start.month
    numbers = (end.year * 12 + end.month - 1 - back for back in range(min(count, 240) + 1))
    return [_month(*divmod(number, 12)) for number in numbers]


def _month(year: int, before: int) -> tuple[str, str]:
    first = date(year, before + 1, 1)
    return f"{first:%Y-%m}", format_date(first, "LLLL y", locale=language())


def _in_group(query: Select[Any], group: str) -> Select[Any]:
    if group == "other":
        return query.where(ENTRY.c.type.not_in(described()))
    return query.where(ENTRY.c.type.in_(types_in(group))) if group in GROUPS else query


def _in_month(query: Select[Any], month: str) -> Select[Any]:
    if not month:
        return query
    year, number = int(month[:4]), int(month[5:])
    start = _midnight(year, number)
    end = _midnight(year + number // 12, number % 12 + 1)
    return query.where(ENTRY.c.ts >= start, ENTRY.c.ts < end)


def _midnight(year: int, month: int) -> datetime:
    return from_oslo(datetime.combine(date(year, month, 1), time()))


def _about(query: Select[Any], municipality_id: int, words: str) -> Select[Any]:
    """Keep what is about titles with these words, or about the contribution with this code."""
    coded = select(ENTRY.c.subject).where(
        ENTRY.c.municipality_id == municipality_id, ENTRY.c.to_value == words.upper(),
        ENTRY.c.type.in_(types_in("publications")),
    )  # fmt: skip
    # SQLite folds only ASCII: "å" would not find "Åsen" by itself.
    forms = {words, words.lower(), words.capitalize(), words.upper()}
    titled = or_(*(ENTRY.c.title.icontains(form, autoescape=True) for form in sorted(forms)))
    return query.where(or_(titled, ENTRY.c.subject.in_(coded)), not_(_hidden_now()))


def _hidden_now() -> ColumnElement[bool]:
    # What is hidden cannot be found by its title either.
    hiding, restoring = aliased(LedgerEntry), aliased(LedgerEntry)
    restored = select(restoring.id).where(
        restoring.subject == hiding.subject, restoring.type.like("%.restored"),
        restoring.seq > hiding.seq,
    )  # fmt: skip
    hidden = select(hiding.id).where(
        and_(hiding.subject == ENTRY.c.subject, hiding.type.like("%.hidden"), ~restored.exists())
    )
    return hidden.correlate(ENTRY).exists()
