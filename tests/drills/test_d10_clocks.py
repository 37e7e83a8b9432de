"""D10: the clocks of two instances are ten minutes apart."""

from __future__ import annotations

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_two_instances_with_clocks_apart(ends: Ends) -> None:
    apart = {"SMARTBY_CLOCK_OFFSET": "-300"}
    with Drill("pg", apps=2, redis=True, beside=apart, SMARTBY_CLOCK_OFFSET="300") as drill:
        drill.goes_on(100)
        ends(drill, "D10 clocks apart")
