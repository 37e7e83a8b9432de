"""What the drills share: the line that each tells at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.drills.drill import Drill

Ends = Callable[..., None]


@pytest.fixture
def ends(request: pytest.FixtureRequest, record_property: Callable[[str, str], None]) -> Ends:
    """End a drill: take stock, tell it, and see that all holds."""

    def end(drill: Drill, name: str, **more: object) -> None:
        stock = drill.ends()
        rest = " ".join(f"{key}={value}" for key, value in more.items())
        line = f"{name} on {drill.stack.db}: {stock}\n    {drill.figures} {rest}".rstrip()
        record_property("drill", line)

        logs = "\n".join(server.log()[-5000:] for server in drill.stack.servers)
        assert stock.hold, f"{line}\n{drill.voters.failures}\n{logs}"

    return end
