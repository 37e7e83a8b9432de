"""D6: on SQLite the server is killed again and again while people write."""

from __future__ import annotations

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill

TIMES = 3


@pytest.mark.timeout(600)
def test_the_server_is_killed_again_and_again(ends: Ends) -> None:
    with Drill("sqlite") as drill:
        for _ in range(TIMES):
            drill.stack.apps[0].kill()
            drill.stack.apps[0].serve()
            drill.goes_on(30)
        drill.recovers()
        drill.goes_on(30)
        whole = drill.stack.asks("PRAGMA integrity_check")
        ends(drill, f"D6 killed {TIMES} times", integrity=whole[0][0])
        assert whole == [("ok",)]
