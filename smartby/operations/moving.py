"""`flask export-town` and `flask import-town`: a whole town, from one installation to another.

Rows keep their numbers: the ledger's hashes are over them, and links, codes and QR codes go on
leading where they led.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain as joined
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection, Integer, Table, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from ..config import VERSION
from ..core.clock import now
from ..core.models import Base
from ..core.transaction import perform
from ..extensions import db
from ..ledger.verify import verify
from . import schema
from .belongings import NUMBERED_BY, PEOPLE, STREAMS, TOWN, numbers_of, owned, people_of, rows_of
from .parcel import Row, Spoilt, Writer, read_head, read_rows, revived, writing

AT_ONCE = 500


@click.command()
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def export_town(slug: str, file: Path) -> None:
    """Write the town at SLUG, with the accounts of its people, to FILE.

    The file holds personal data and password hashes: treat it like the database.
    """
    if file.exists():
        raise click.ClickException(f"{file} is there already.")
    with _snapshot() as connection:
        town = connection.execute(
            select(owned()[TOWN]).where(owned()[TOWN].c.slug == slug)
        ).one_or_none()
        if town is None:
            raise click.ClickException(f"No town has the address {slug}.")
        head = {"smartby": VERSION, "schema": schema.at(), "slug": slug, "written": now()}
        with writing(file, head) as parcel:
            _write(connection, parcel, town.id)
    click.echo(f"{file}: {_told(parcel.counts)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@with_appcontext
def import_town(file: Path) -> None:
    """Bring the town in FILE here, all of it or nothing; its numbers must be free."""
    head, here = read_head(file), schema.at()
    if not here:
        raise click.ClickException(schema.NOT_MADE)
    if head["schema"] != here:
        raise click.ClickException(
            f"The file is of schema {head['schema']}, this database of {here}: bring both"
            " installations to one version first."
        )
    try:
        town, counts = perform(_read, file)
    except IntegrityError as error:
        raise click.ClickException(
            f"Something here has a number or a name that the town needs: {error.orig}"
        ) from error
    click.echo(f"{head['slug']}: {_told(counts)}")
    problems = sum(1 for _ in verify(town))
    click.echo(f"ledger={'broken' if problems else 'ok'}. Now run `flask check`.")
    if problems:
        raise SystemExit(1)


def _snapshot() -> Connection:
    """Open a connection that sees one moment, however long the reading takes."""
    connection = db.engines["read"].connect()
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    return connection


def _write(connection: Connection, parcel: Writer, town: int) -> None:
    wanted = {"town": town}
    queries = [(name, rows_of(table)) for name, table in owned().items()]
    # Accounts first: rows of the town name them.
    for name, query in [(PEOPLE, people_of()), *queries]:
        with connection.execution_options(yield_per=AT_ONCE).execute(query, wanted) as found:
            for row in found.mappings():
                parcel.add(name, dict(row))
    for kept in _streams(connection, wanted):
        parcel.add(STREAMS, kept)


def _streams(connection: Connection, wanted: dict[str, int]) -> Iterator[Row]:
    """Yield how far the town's streams are: a page that stays open must not meet lower numbers."""
    people = people_of().with_only_columns(Base.metadata.tables[PEOPLE].c.id)
    queries = {name: numbers_of(name) for name in set(NUMBERED_BY.values()) - {PEOPLE}}
    numbers: dict[str, set[Any]] = {
        name: set(connection.scalars(query, wanted))
        for name, query in (queries | {PEOPLE: people}).items()
    }
    stream = Base.metadata.tables[STREAMS]
    for row in connection.execute(select(stream).order_by(stream.c.name)).mappings():
        prefix, number = row["name"].split(":")[:2]
        if int(number) in numbers[NUMBERED_BY[prefix]]:
            yield dict(row)


def _read(file: Path) -> tuple[int, Counter[str]]:
    counts: Counter[str] = Counter()
    towns: list[int] = []
    for name, rows in groupby(read_rows(file), key=lambda each: each[0]):
        if name not in owned() and name not in (PEOPLE, STREAMS):
            raise Spoilt(f"{name} is no table of a town.")
        table = Base.metadata.tables[name]
        for portion in _portions(revived(table, row) for _name, row in rows):
            if name == TOWN:
                _refuse_taken(portion[0])
                towns.append(portion[0]["id"])
            counts[name] += _insert(table, portion)
    for name in counts:
        _count_on(Base.metadata.tables[name])
    return towns[0], counts


def _portions(rows: Iterator[Row]) -> Iterator[list[Row]]:
    for first in rows:
        yield list(joined([first], islice(rows, AT_ONCE - 1)))


def _insert(table: Table, rows: list[Row]) -> int:
    if table.name == PEOPLE:
        # Who runs that installation does not run this one.
        rows = [row | {"is_operator": False} for row in _newcomers(table, rows)]
    elif table.name == STREAMS:
        known = set(db.session.scalars(select(table.c.name)))
        rows = [row for row in rows if row["name"] not in known]
    if rows:
        db.session.execute(insert(table), rows)
    return len(rows)


def _refuse_taken(town: Row) -> None:
    table = owned()[TOWN]
    for name in ("slug", "number", "code", "id"):
        taken = select(table.c.slug).where(table.c[name] == town[name])
        if (slug := db.session.scalar(taken)) is not None:
            raise click.ClickException(
                f"{slug} is here already and has the {name} {town[name]}: nothing was changed."
            )


def _newcomers(table: Table, rows: list[Row]) -> Iterator[Row]:
    """Yield the people who are not here yet; whoever is, must be the same in both places."""
    numbers, emails = ([row[name] for row in rows] for name in ("id", "email"))
    query = select(table.c.id, table.c.email).where(
        table.c.id.in_(numbers) | table.c.email.in_(emails)
    )
    here = [tuple(row) for row in db.session.execute(query)]
    coming = {(row["id"], row["email"]) for row in rows}
    for number, email in here:
        if (number, email) not in coming:
            raise click.ClickException(
                f"The account {email} here has number {number}, in the file another has it, or it"
                " has another number: these installations cannot be put together."
            )
    known = {number for number, _email in here}
    yield from (row for row in rows if row["id"] not in known)


def _count_on(table: Table) -> None:
    """Let PostgreSQL give out numbers beyond those that came; SQLite does by itself."""
    key = table.primary_key.columns.values()
    numbered = len(key) == 1 and isinstance(key[0].type, Integer) and not key[0].foreign_keys
    if numbered and db.session.connection().dialect.name == "postgresql":
        newest = select(func.max(key[0])).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, key[0].name)
        db.session.execute(select(func.setval(sequence, newest)))


def _told(counts: Any) -> str:
    shown = {name: number for name, number in counts.items() if number}
    return ", ".join(f"{number} {name}" for name, number in shown.items())
