"""D4: half of the phones lose their network, twice."""

from __future__ import annotations

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill


@pytest.mark.timeout(600)
@pytest.mark.parametrize("db", ["sqlite", pytest.param("pg", marks=pytest.mark.long_drill)])
def test_half_of_the_phones_lose_their_network_twice(db: str, ends: Ends) -> None:
    with Drill(db) as drill:
        for _ in range(2):
            drill.pages.drop_half()
            drill.goes_on()
        ends(drill, "D4 network lost", control_wrong=len(drill.control_goes_wrong()))
