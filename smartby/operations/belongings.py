"""What belongs to a town: derived from foreign keys, so that a new table is in by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, exists, or_, select
from sqlalchemy.schema import ForeignKeyConstraint

from ..core.models import Base

TOWN, PEOPLE, STREAMS = "municipality", "user_account", "stream"
# The same in every installation: `flask init` plants them.
REFERENCE = frozenset({"principle", "goal"})
# Of the installation or of a browser, not of a town, and why it stays.
STAYS = {
    "user_session": "people sign in anew",
    "mailed_link": "a link leads to the old address",
    "held_text": "waits for a browser that is signing in",
    "mail": "is sent from where it was written",
    "outbox": "events for pages that are open; those load anew",
    "idempotency": "keys of what was sent in the last days",
}
# Whose id a stream's name holds.
NUMBERED_BY = {
    "town": TOWN, "board": TOWN, "figures": TOWN, "person": PEOPLE, "room": "run",
    "contribution": "contribution", "workshop": "workshop", "participant": "participant",
}  # fmt: skip
WANTED: ColumnElement[int] = bindparam("town")


@cache
def owned() -> dict[str, Table]:
    """Return the tables whose rows are some town's, each after those that it points to."""
    tables = Base.metadata.sorted_tables
    found = {table.name: table for table in tables if table.name == TOWN}
    for table in tables:
        if table.name not in found and _ways(table, found):
            found[table.name] = table
    return found


def rows_of(table: Table) -> Select[tuple[object, ...]]:
    """Select a table's rows of one town: what points to another row of the table comes after it."""
    key = list(table.primary_key)
    inside = [each.parent for each in table.foreign_keys if each.column.table is table]
    order = [column.is_not(None) for column in sorted(inside, key=lambda column: column.name)]
    return select(table).where(_is_towns(table)).order_by(*order, *key)


def people_of() -> Select[tuple[object, ...]]:
    """Select the accounts that anything of a town names."""
    people = Base.metadata.tables[PEOPLE]
    named = [
        people.c.id.in_(select(key.parent).where(_is_towns(table)))
        for table in owned().values()
        for key in table.foreign_keys
        if key.column.table is people
    ]
    return select(people).where(or_(*named)).order_by(people.c.id)


def numbers_of(name: str) -> Select[tuple[int]]:
    """Select the ids of a town's rows in a table."""
    table = owned()[name]
    return select(table.c.id).where(_is_towns(table))


def _is_towns(table: Table) -> ColumnElement[bool]:
    """Tell whether a row is the wanted town's, directly or by what it points to."""
    if table.name == TOWN:
        return table.c.id == WANTED
    way = min(_ways(table, owned()), key=lambda each: each.referred_table.name != TOWN)
    if way.referred_table.name == TOWN:
        return next(iter(way.columns)) == WANTED
    joined = and_(*(each.parent == each.column for each in way.elements))
    return exists().where(joined, _is_towns(way.referred_table))


def _ways(table: Table, found: dict[str, Table]) -> list[ForeignKeyConstraint]:
    """Return what ties every row of a table to a row of those found already."""
    return sorted(_always_set(table, found), key=lambda key: tuple(key.column_keys))


def _always_set(table: Table, found: dict[str, Table]) -> Iterator[ForeignKeyConstraint]:
    for key in table.foreign_key_constraints:
        elsewhere = key.referred_table is not table and key.referred_table.name in found
        if elsewhere and not any(column.nullable for column in key.columns):
            yield key
