"""D9: every frame that has broken a server somewhere is sent while people vote."""

from __future__ import annotations

import pytest

from bench.readings import children
from tests.drills.conftest import Ends
from tests.drills.drill import Drill
from tests.drills.hostile import attack
from tests.drills.pages import Page


@pytest.mark.timeout(600)
def test_hostile_frames_harm_nobody(ends: Ends) -> None:
    with Drill("sqlite") as drill:
        app = drill.stack.apps[0]
        assert app.process is not None
        workers = children(app.process.pid)
        opened = {page: len(page.opened) for page in drill.pages.all}
        sent = attack(app.port)
        drill.goes_on()
        assert children(app.process.pid) == workers
        assert {page: len(page.opened) for page in drill.pages.all} == opened
        assert _totals_are_the_servers(drill.pages.all)
        ends(drill, "D9 hostile frames", sent=sent)


def _totals_are_the_servers(pages: list[Page]) -> bool:
    """Tell whether nobody heard the events that a client sent in the server's name."""
    return not any(page.leaves_at for page in pages)
