"""The support control as pages show it: the same for everybody in the same state."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..core.fragments import fragment


@dataclass(frozen=True, slots=True)
class Control:
    """What the control says and does; `closed` when the stage takes no support."""

    id: int
    count: int
    supported: bool
    title: str
    town: str
    large: bool = False
    closed: bool = False


def support_html(control: Control) -> Markup:
    """Render the control, cached by all that it shows."""
    c = control
    key = (c.id, c.count, c.supported, c.title, c.town, c.large, c.closed)
    return fragment("votes/_support.html", "support", c, *key)
