"""D12: a deploy: a new instance comes, the old one is told to stop; nobody's request fails."""

from __future__ import annotations

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill
from tests.drills.stack import until


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_one_instance_takes_over_from_another(ends: Ends) -> None:
    with Drill("pg", redis=True) as drill:
        old = drill.stack.apps[0]
        drill.stack.adds()
        drill.recovers()
        assert old.process is not None
        retries = drill.voters.retries
        old.process.terminate()
        until(lambda: all(len(page.opened) > 1 for page in drill.pages.good), "all have moved")
        old.process.wait(30)
        moved = sorted(page.opened[1] for page in drill.pages.good)
        assert old.process.returncode == 0
        drill.goes_on()
        ends(
            drill, "D12 deploy", moved_within_s=round(moved[-1] - moved[0], 1),
            most_in_a_second=_most_in_a_second(moved), sent_again=drill.voters.retries - retries,
        )  # fmt: skip
        assert sum(page.reloads for page in drill.pages.good) == 0
        assert _most_in_a_second(moved) < 0.7 * len(moved)


def _most_in_a_second(moments: list[float]) -> int:
    return max(sum(start <= at < start + 1 for at in moments) for start in moments)
