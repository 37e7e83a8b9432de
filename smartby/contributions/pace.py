"""How often one may publish, and ask what a text is like while it is written."""

from __future__ import annotations

from flask_babel import gettext as _
from limits import parse

from ..core.pace import keep_pace

PERSON = parse("120/minute")
PUBLISHING = parse("30/hour")  # of one person: more than any meeting has to bring in
ADDRESS = parse("600/minute")  # a school or a library full of people has one


def keep_looking_pace(who: str, address: str) -> None:
    """Count a look at what somebody writes; raise TooMany when there were too many in a minute."""
    rate, key = (ADDRESS, address) if who == "anonymous" else (PERSON, who)
    keep_pace(
        rate, "looks", key, _("Nå gikk det litt fort. Vent et minutt, så ser vi etter igjen.")
    )


def keep_publishing_pace(who: str) -> None:
    """Count an idea or a challenge that is published; raise TooMany after thirty in an hour."""
    keep_pace(
        PUBLISHING, "published", who,
        _("Du har publisert svært mye den siste timen. Teksten står her; send den litt senere."),
    )  # fmt: skip
