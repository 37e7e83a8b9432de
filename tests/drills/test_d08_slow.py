"""D8: forty pages never read; nobody else notices, and the memory stays bounded."""

from __future__ import annotations

import pytest

from bench.readings import children, memory_kb
from tests.drills.conftest import Ends
from tests.drills.drill import Drill
from tests.drills.hostile import SlowReaders
from tests.drills.stack import Stack, until

SLOW = 40
GROWTH_MB = 50
# Long words for the idea's stream, written past the pace that a person must keep: 300 comments.
FLOOD = """
from smartby import create_app
from smartby.accounts.models import User
from smartby.comments.actions import comment_on
from smartby.contributions.models import Contribution
from smartby.core.transaction import perform
from smartby.extensions import db
app = create_app({"ASYNC": "threading"})
with app.app_context():
    for n in range(300):
        idea, person = db.session.get(Contribution, %d), db.session.get(User, 1)
        perform(comment_on, idea, body=f"{n} " + "lange ord " * 250, stance=None, by=person)
"""


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_slow_readers_harm_nobody(ends: Ends) -> None:
    with Drill("sqlite") as drill:
        worker = _worker(drill.stack)
        before = memory_kb(worker)
        with SlowReaders(drill.stack, f"contribution:{drill.stack.idea}", SLOW) as slow:
            drill.stack.apps[0].runs(FLOOD % drill.stack.idea)
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
