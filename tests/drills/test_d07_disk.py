"""D7: the disk is full: pages can be read, writing says so, and goes on when there is room again.

It needs to mount a small disk; where that is not allowed there is no such drill.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill
from tests.drills.pages import fetch
from tests.drills.stack import can_have_disks, until

if can_have_disks():

    @pytest.mark.long_drill
    @pytest.mark.timeout(600)
    def test_the_disk_is_full_for_a_while(ends: Ends) -> None:
        with Drill("sqlite", disk_mb=64) as drill:
            app = drill.stack.apps[0]
            ballast = Path(app.env["SMARTBY_DATA"]) / "ballast"
            _fill(ballast)
            until(lambda: len(drill.voters.failures) > 0, "people are told")
            assert set(drill.voters.statuses) == {503}
            for path in ("/readyz", "/live?lang=nb"):
                assert isinstance(fetch(app.port, path, ""), dict)
            ballast.unlink()
            drill.goes_on(5)
            drill.recovers()
            drill.goes_on()
            ends(drill, "D7 full disk", told=sum(drill.voters.failures.values()))


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1_000_000, 1_000):
            try:
                while True:
                    file.write(os.urandom(size))
            except OSError:
                continue
