"""How often one may ask what a text is like while it is written: more often than anybody types."""

from __future__ import annotations

from flask_babel import gettext as _
from limits import parse

from ..core.pace import keep_pace

PERSON = parse("120/minute")
ADDRESS = parse("600/minute")  # a school or a library full of people has one


def keep_looking_pace(who: str, address: str) -> None:
    """Count a look at what somebody writes; raise TooMany when there were too many in a minute."""
    rate, key = (ADDRESS, address) if who == "anonymous" else (PERSON, who)
    keep_pace(
        rate, "looks", key, _("Nå gikk det litt fort. Vent et minutt, så ser vi etter igjen.")
    )
