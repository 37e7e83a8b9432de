"""D8: forty pages never read; nobody else notices, and the memory stays bounded."""

from __future__ import annotations

import pytest

from bench.readings import children, memory_kb
from tests.drills.conftest import Ends
from tests.drills.drill import Drill
from tests.drills.hostile import SlowReaders, flood
from tests.drills.stack import Stack, until

SLOW = 40
GROWTH_MB = 50
LONG_COMMENTS = 300


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_slow_readers_harm_nobody(ends: Ends) -> None:
    with Drill("sqlite") as drill:
        worker = _worker(drill.stack)
        before = memory_kb(worker)
        with SlowReaders(drill.stack, f"contribution:{drill.stack.idea}", SLOW) as slow:
            flood(drill.stack, LONG_COMMENTS)
            peak = memory_kb(worker)
            took = until(lambda: not slow.still_held(), "the slow ones are cut", 90)
            drill.goes_on()
        growth = round((max(peak, memory_kb(worker)) - before) / 1024)
        ends(drill, "D8 forty never read", grown_mb=growth, cut_after_s=round(took, 1))
        assert growth <= GROWTH_MB


def _worker(stack: Stack) -> int:
    process = stack.apps[0].process
    assert process is not None
    return children(process.pid)[0]
