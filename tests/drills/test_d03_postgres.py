"""D3: PostgreSQL crashes, and is back after two seconds; smartby is not started anew."""

from __future__ import annotations

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_postgres_crashes_and_comes_back(ends: Ends) -> None:
    with Drill("pg", apps=2, redis=True) as drill:
        before = [app.process for app in drill.stack.apps]
        drill.stack.crashes_postgres(2)
        drill.recovers()
        drill.goes_on(100)
        ends(drill, "D3 PostgreSQL crashed")
        assert [app.process for app in drill.stack.apps] == before
        assert all(app.process and app.process.poll() is None for app in drill.stack.apps)
