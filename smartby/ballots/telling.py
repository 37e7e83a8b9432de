"""Who is told that somebody has voted: of a blind round not the phones, which show nothing new."""

from __future__ import annotations

from ..facilitation.models import Run
from ..facilitation.streams import tell_count, tell_shown
from ..workshops.models import Activity
from .models import Round


def tell_voted(run: Run, activity: Activity, round_: Round) -> None:
    """Tell that the turnout, and what may be seen of the result, is another."""
    (tell_shown if round_.is_shown else tell_count)(run, activity)
