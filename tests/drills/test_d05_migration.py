"""D5: a migration, from expand to contract, while people vote; nobody's request fails."""

from __future__ import annotations

import time

import psycopg
import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill
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


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_a_migration_in_traffic(ends: Ends) -> None:
    with Drill("pg", apps=2, redis=True) as drill:
        tries = sum(_carries_out(drill.stack, step) for step in STEPS)
        drill.goes_on()
        ends(drill, "D5 migration in traffic", steps=len(STEPS), tries=tries)


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
