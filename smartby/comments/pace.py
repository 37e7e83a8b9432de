"""How fast one may write: whoever is too fast is asked to wait, with the text still in the form."""

from __future__ import annotations

from flask_babel import gettext as _
from limits import parse

from ..core.pace import keep_pace

RATE = parse("30/minute")


def keep_writing_pace(who: str) -> None:
    """Count something that is written; raise TooMany after thirty in a minute."""
    keep_pace(RATE, "comments", who, _("Du skriver veldig fort. Vent et minutt og send igjen."))
