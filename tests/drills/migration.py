"""A migration from expand to contract, carried out while people use the tables."""

from __future__ import annotations

import time

import psycopg

from tests.drills.stack import Stack

# What a migration is made of on tables that are in use, in the form that waits for nobody long.
STEPS = (
    "ALTER TABLE contribution ADD COLUMN drill_note varchar(20)",
    "ALTER TABLE card ADD COLUMN drill_weight integer NOT NULL DEFAULT 0",
    "CREATE INDEX CONCURRENTLY ix_drill_weight ON card (drill_weight)",
    "CREATE INDEX CONCURRENTLY ix_drill_note ON contribution (drill_note)",
    "ALTER TABLE card ADD CONSTRAINT ck_drill CHECK (drill_weight >= 0) NOT VALID",
    "ALTER TABLE card VALIDATE CONSTRAINT ck_drill",
    "UPDATE contribution SET drill_note = 'x' WHERE drill_note IS NULL",
    "DROP INDEX CONCURRENTLY ix_drill_note",
    "ALTER TABLE contribution DROP COLUMN drill_note",
    "ALTER TABLE card DROP COLUMN drill_weight",
)


def migrate(stack: Stack) -> int:
    """Carry all steps out; return how often one was tried."""
    return sum(_carries_out(stack, step) for step in STEPS)


def _carries_out(stack: Stack, step: str) -> int:
    """Do a step as soon as it gets its lock within half a second; return how often it tried."""
    url = stack.apps[0].env["DATABASE_URL"].replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        waits = "0" if "CONCURRENTLY" in step else "500ms"
        connection.execute(f"SET lock_timeout = '{waits}'")
        for turn in range(1, 60):
            try:
                connection.execute(step)
                return turn
            except psycopg.errors.LockNotAvailable:
                time.sleep(0.2)
    raise AssertionError(f"never got its lock: {step}")
