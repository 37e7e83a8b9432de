"""What a contribution grew out of, when it was not somebody's own: drawn by a room above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

Draw = Callable[[Any, str], Markup]  # the contribution's row, and the slug its links lead to
_drawers: dict[str, Draw] = {}


def draws(source: str) -> Callable[[Draw], Draw]:
    """Register who draws what grew out of a kind of source: "workshop"."""

    def register(drawer: Draw) -> Draw:
        _drawers[source] = drawer
        return drawer

    return register


def origin_html(row: Any, town: str) -> Markup:
    """Draw where a contribution comes from; nothing when somebody just wrote it."""
    drawer = _drawers.get(row.source.partition(":")[0])
    return Markup("") if drawer is None else drawer(row, town)
