"""D5: a migration, from expand to contract, while people vote; nobody's request fails."""

from __future__ import annotations

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill
from tests.drills.migration import STEPS, migrate


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_a_migration_in_traffic(ends: Ends) -> None:
    with Drill("pg", apps=2, redis=True) as drill:
        tries = migrate(drill.stack)
        drill.goes_on()
        ends(drill, "D5 migration in traffic", steps=len(STEPS), tries=tries)
