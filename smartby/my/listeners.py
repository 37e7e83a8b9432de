"""What else must change when somebody has another name."""

from __future__ import annotations

from ..accounts.facts import ProfileChanged
from ..core import fragments
from ..core.transaction import after


@after(ProfileChanged)
def forget_fragments(_fact: ProfileChanged) -> None:
    """Let partials be rendered anew: the name stands in many of them."""
    fragments.clear()
