"""How support changes open pages: totals for everybody, one's own state for one's own tabs."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.formatting import number
from ..core.fragments import language
from ..core.live import Op, shows


@shows("support.counted", totals=True)
def support_counted(id: int, support: int) -> Iterable[Op]:  # noqa: A002
    """Set the new total wherever it is shown."""
    return [{"op": "set", "target": f"support-{id}", "value": number(support, language())}]


@shows("support.mine")
def support_mine(id: int, wanted: bool) -> Iterable[Op]:  # noqa: A002
    """Set the pressed state in all tabs of the person."""
    return [{"op": "press", "target": f"supports-{id}", "value": "yes" if wanted else "no"}]
