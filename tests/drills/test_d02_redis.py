"""D2: Redis is away for some seconds, D2b: for good. The control group trusts Redis alone."""

from __future__ import annotations

import pytest

from tests.drills.bells import Bells
from tests.drills.conftest import Ends
from tests.drills.drill import Drill


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_redis_is_away_for_some_seconds(ends: Ends) -> None:
    with Drill("pg", apps=2, redis=True) as drill, Bells(drill.stack) as bells:
        drill.goes_on()
        drill.stack.stops_redis(4)
        missed = bells.behind()
        assert missed > 0
        drill.goes_on()
        ends(drill, "D2 Redis away for 4 s", control_missed=missed)


@pytest.mark.timeout(600)
def test_redis_never_comes_back(ends: Ends) -> None:
    with Drill("pg", apps=2, redis=True) as drill, Bells(drill.stack) as bells:
        drill.stack.stops_redis(None)
        drill.goes_on(100)
        ends(drill, "D2b Redis dead", control_missed=bells.behind())
        assert bells.behind() > 0
