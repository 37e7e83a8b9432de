"""What an item of a workshop is proposed to be published as, in the workshop's language."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from ..challenges.advice import because
from ..contributions.similar_queries import Written
from ..core.text import clean
from ..facilitation.play import Harvest
from ..workshops.models import Workshop

LONGEST_TITLE = 120
MOST_PRINCIPLES = 3
MOST_QUOTES = 40
SENTENCE = re.compile(r"(?<=[.!?…])\s")
MARKED = re.compile(r"([\\`*_\[\]<>#])")


def proposed(workshop: Workshop, item: Harvest) -> dict[str, Any]:
    """Return a form's fields: title, text and the principles that the text points to."""
    return {
        "title": _title(item),
        "body": _body(workshop, item),
        "lang": workshop.lang,
        "principles": list(pointing(workshop, item))[:MOST_PRINCIPLES],
    }


def pointing(workshop: Workshop, item: Harvest) -> dict[int, list[str]]:
    """Return the principles that what the room wrote points to, with the words that tell so."""
    told = "\n".join([item.title, *item.quotes])
    return because(Written("", told[:5000], workshop.lang))


def _title(item: Harvest) -> str:
    """Return the item's title on one line: its first sentence when there is no room for all."""
    title = clean(item.title)
    if len(title) <= LONGEST_TITLE:
        return title
    first = SENTENCE.split(title)[0]
    if len(first) <= LONGEST_TITLE:
        return first
    return title[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…"


def _body(workshop: Workshop, item: Harvest) -> str:
    with force_locale(workshop.lang):
        said = [_("Dette kom fram på verkstedet «%(title)s».", title=workshop.title)]
        if item.votes:
            said.append(
                ngettext(
                    "Det fikk %(num)d stemme der.", "Det fikk %(num)d stemmer der.", item.votes
                )
            )
        lead = " ".join(str(each) for each in said)
        quotes = [f"> {_plain(quote)}" for quote in item.quotes[:MOST_QUOTES]]
        if quotes:
            return "\n\n".join([lead, str(_("Lappene som ligger bak:")), "\n>\n".join(quotes)])
    return lead if clean(item.title) == _title(item) else f"{_plain(item.title)}\n\n{lead}"


def _plain(text: str) -> str:
    # What somebody wrote on a card is text, whatever it would mean as Markdown.
    return MARKED.sub(r"\\\1", clean(text))
