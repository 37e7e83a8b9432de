"""D1: one of two instances is killed while people vote; on SQLite the only one."""

from __future__ import annotations

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill
from tests.drills.stack import until


@pytest.mark.timeout(600)
def test_one_of_two_is_killed_and_the_other_goes_on(ends: Ends) -> None:
    with Drill("pg", apps=2, redis=True) as drill:
        drill.stack.apps[0].kill()
        drill.goes_on()
        drill.stack.apps[0].serve()
        drill.recovers()
        drill.goes_on()
        ends(drill, "D1 one of two killed", control_wrong=len(drill.control_goes_wrong()))


@pytest.mark.timeout(600)
def test_the_only_one_is_killed_and_comes_back(ends: Ends) -> None:
    with Drill("sqlite") as drill:
        drill.stack.apps[0].kill()
        until(lambda: drill.voters.retries > 5, "people notice")
        drill.stack.apps[0].serve()
        drill.recovers()
        drill.goes_on()
        ends(drill, "D1 the only one killed")
