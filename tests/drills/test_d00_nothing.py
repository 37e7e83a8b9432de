"""D0: nothing breaks; what the others are compared with."""

from __future__ import annotations

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill


@pytest.mark.long_drill
@pytest.mark.timeout(600)
@pytest.mark.parametrize("db", ["sqlite", "pg"])
def test_nothing_breaks(db: str, ends: Ends) -> None:
    with Drill(db, apps=2 if db == "pg" else 1, redis=db == "pg") as drill:
        drill.goes_on()
        drill.voters.stop()
        drill.pages.converge()
        assert not drill.pages.wrong(drill.pages.control)
        ends(drill, "D0 nothing breaks")
