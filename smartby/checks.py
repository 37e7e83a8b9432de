"""`flask check`: recomputes every counter, number and chain, and tells what does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import bindparam, select, text

from .contributions import recounts
from .contributions.models import Contribution
from .contributions.trending import trending
from .extensions import db
from .ledger.verify import chains, verify

SHOWN = 20  # details of one kind that are told; the rest is only counted
SAME_SCORE = 1e-6

# Table, column, and the rows that the column counts, by the id of what they are counted on.
COUNTERS = (
    (
        "contribution",
        "support_count",
        "SELECT contribution_id AS id, count(*) AS n FROM support GROUP BY 1",
    ),
    (
        "contribution",
        "comment_count",
        "SELECT contribution_id AS id, count(*) AS n FROM comment"
        " WHERE deleted_at IS NULL GROUP BY 1",
    ),
    *(
        (
            "contribution",
            f"{stance}_count",
            "SELECT contribution_id AS id, count(*) AS n FROM comment"  # noqa: S608 - three words
            f" WHERE deleted_at IS NULL AND stance = '{stance}' GROUP BY 1",
        )
        for stance in ("for", "against", "question")
    ),
    (
        "contribution",
        "answer_count",
        "SELECT contribution_id AS id, count(*) AS n FROM answer GROUP BY 1",
    ),
    ("comment", "useful_count", "SELECT comment_id AS id, count(*) AS n FROM useful GROUP BY 1"),
    (
        "comment",
        "reply_count",
        "SELECT root_id AS id, count(*) AS n FROM comment WHERE root_id IS NOT NULL GROUP BY 1",
    ),
    (
        "challenge",
        "idea_count",
        "SELECT challenge_id AS id, count(*) AS n FROM contribution"
        " WHERE challenge_id IS NOT NULL GROUP BY 1",
    ),
)
DOUBLES = {
    table: f"SELECT {subject}, user_id, count(*) FROM {table} GROUP BY 1, 2 HAVING count(*) > 1"  # noqa: S608
    for table, subject in (("support", "contribution_id"), ("useful", "comment_id"))
}
# What somebody has laid and what they have left is what they were given, neither more nor less.
BUDGETS = """
    SELECT b.round_id, r.budget, b.left_over, coalesce(sum(abs(v.value)), 0) AS spent
    FROM ballot b JOIN round r ON r.id = b.round_id
    LEFT JOIN vote v ON v.round_id = b.round_id AND v.voter = b.voter
    WHERE r.kind = 'dots' GROUP BY b.round_id, b.voter, r.budget, b.left_over
    HAVING coalesce(sum(abs(v.value)), 0) + b.left_over <> r.budget"""
# The oldest events are trimmed away; what is kept must be whole up to the stream's number.
STREAMS = """
    SELECT o.stream, s.seq, o.oldest, o.newest, o.kept
    FROM (SELECT stream, min(seq) AS oldest, max(seq) AS newest, count(*) AS kept,
                 count(DISTINCT seq) AS numbers FROM outbox GROUP BY stream) o
    LEFT JOIN stream s ON s.name = o.stream
    WHERE s.seq IS NULL OR s.seq <> o.newest OR o.kept <> o.newest - o.oldest + 1
       OR o.numbers <> o.kept"""
# "HVN-2026-0042": the number behind the year may not be beyond the last one given.
CODES = """
    SELECT c.municipality_id, c.year, c.highest, k.last
    FROM (SELECT municipality_id, CAST(substr(code, 5, 4) AS INTEGER) AS year,
                 max(CAST(substr(code, 10) AS INTEGER)) AS highest
          FROM contribution GROUP BY 1, 2) c
    LEFT JOIN code_counter k ON k.municipality_id = c.municipality_id AND k.year = c.year
    WHERE k.last IS NULL OR k.last < c.highest"""
# Rows that point from one municipality into another.
STRAYS = {
    "contribution at another town's stage": (
        "SELECT c.id FROM contribution c JOIN stage s ON s.id = c.stage_id"
        " WHERE s.municipality_id <> c.municipality_id"
    ),
    "idea under another town's challenge": (
        "SELECT c.id FROM contribution c JOIN contribution p ON p.id = c.challenge_id"
        " WHERE p.municipality_id <> c.municipality_id"
    ),
    "comment in another town than its contribution": (
        "SELECT m.id FROM comment m JOIN contribution c ON c.id = m.contribution_id"
        " WHERE m.municipality_id <> c.municipality_id"
    ),
    "answer in another town than its contribution": (
        "SELECT a.id FROM answer a JOIN contribution c ON c.id = a.contribution_id"
        " WHERE a.municipality_id <> c.municipality_id"
    ),
    "answer signed by another town's unit": (
        "SELECT a.id FROM answer a JOIN unit u ON u.id = a.unit_id"
        " WHERE u.municipality_id <> a.municipality_id"
    ),
    "challenge owned by another town's unit": (
        "SELECT h.id FROM challenge h JOIN contribution c ON c.id = h.id JOIN unit u"
        " ON u.id = h.unit_id WHERE u.municipality_id <> c.municipality_id"
    ),
    "move between towns": (
        "SELECT m.id FROM move m JOIN stage f ON f.id = m.from_id JOIN stage t ON t.id = m.to_id"
        " WHERE f.municipality_id <> m.municipality_id OR t.municipality_id <> m.municipality_id"
    ),
}
CHAINLESS = (
    "SELECT m.slug FROM municipality m LEFT JOIN ledger_head h ON h.municipality_id = m.id"
    " WHERE h.municipality_id IS NULL"
)
CONTRIBUTION = Contribution.__table__.c
SCORES = (
    select(
        CONTRIBUTION.id, CONTRIBUTION.trending, CONTRIBUTION.support_count,
        CONTRIBUTION.comment_count, CONTRIBUTION.published_at,
    )
    .where(CONTRIBUTION.id > bindparam("after"))
    .order_by(CONTRIBUTION.id)
    .limit(5_000)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not hold: which law, and where."""

    law: str
    what: str


@click.command()
@with_appcontext
def check() -> None:
    """Recompute everything that is stored twice; exit 1 on a difference."""
    found: Counter[str] = Counter()
    for difference in differences():
        found[difference.law] += 1
        if found[difference.law] <= SHOWN:
            click.echo(f"{difference.law}: {difference.what}", err=True)
    for law, count in found.items():
        if count > SHOWN:
            click.echo(f"{law}: and {count - SHOWN} more", err=True)
    click.echo(invariants(found))
    if found:
        raise SystemExit(1)


def invariants(found: Counter[str]) -> str:
    """Return the line that drills and nightly jobs look for."""
    # What was acknowledged and is lost, only the drills' clients can know.
    chains_are = "broken" if found["ledger"] else "ok"
    return (
        f"acked_lost=0 double_votes={found['double_votes']} counter_wrong={found['counter_wrong']}"
        f" seq_gaps={found['seq_gaps']} over_budget={found['over_budget']} ledger={chains_are}"
    )


def differences() -> Iterator[Difference]:
    """Yield everything that does not hold; each question is one statement."""
    if db.engine.dialect.name == "postgresql":
        # Questions about everything take longer than a page may.
        db.session.execute(text("SET statement_timeout = 0"))
    yield from _doubles()
    yield from _counters()
    yield from _found_by()
    yield from _scores()
    yield from _budgets()
    yield from _numbers()
    yield from _strays()
    yield from _ledger()


def _doubles() -> Iterator[Difference]:
    for table, query in DOUBLES.items():
        for subject, person, count in db.session.execute(text(query)):
            yield Difference("double_votes", f"{table} {subject} by person {person}: {count} times")


def _counters() -> Iterator[Difference]:
    for table, column, counted in COUNTERS:
        query = (
            f"SELECT t.id, t.{column} AS stored, coalesce(r.n, 0) AS counted FROM {table} t"  # noqa: S608
            f" LEFT JOIN ({counted}) r ON r.id = t.id"
            f" WHERE t.{column} <> coalesce(r.n, 0) ORDER BY t.id"
        )
        for number, stored, right in db.session.execute(text(query)):
            what = f"{table} {number} has {column} {stored}, there are {right}"
            yield Difference("counter_wrong", what)
    for town, year, highest, last in db.session.execute(text(CODES)):
        what = f"municipality {town} has code {highest} of {year}, its counter says {last}"
        yield Difference("counter_wrong", what)


def _found_by() -> Iterator[Difference]:
    for what in (*recounts.wrong_facets(), *recounts.wrong_words()):
        yield Difference("counter_wrong", what)


def _scores() -> Iterator[Difference]:
    for number, stored, *facts in _score_rows():
        right = trending(*facts)
        if abs(stored - right) > SAME_SCORE:
            what = f"contribution {number} has trending {stored}, it should be {right}"
            yield Difference("counter_wrong", what)


def _score_rows() -> Iterator[Any]:
    after = 0
    while rows := db.session.execute(SCORES, {"after": after}).all():
        yield from rows
        after = rows[-1].id


def _budgets() -> Iterator[Difference]:
    for round_, budget, left, spent in db.session.execute(text(BUDGETS)):
        # Whose ballot it is, is nobody's business.
        what = f"a ballot of round {round_} has {spent} dots laid and {left} left, of {budget}"
        yield Difference("over_budget", what)


def _numbers() -> Iterator[Difference]:
    for stream, seq, oldest, newest, kept in db.session.execute(text(STREAMS)):
        what = f"stream {stream} is at {seq}, its {kept} events go from {oldest} to {newest}"
        yield Difference("seq_gaps", what)


def _strays() -> Iterator[Difference]:
    for what, query in STRAYS.items():
        for (number,) in db.session.execute(text(query)):
            yield Difference("stray", f"{what}: {number}")


def _ledger() -> Iterator[Difference]:
    for (slug,) in db.session.execute(text(CHAINLESS)):
        yield Difference("ledger", f"{slug} has no chain")
    for chain in chains():
        # A chain broken early is wrong at every later entry; that need not be told a million times.
        for problem in islice(verify(chain), SHOWN):
            yield Difference("ledger", str(problem))
