"""What an item of a workshop is proposed to be published as, in the workshop's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from ..cards.piles import called
from ..challenges.advice import because, sure_of
from ..contributions.similar_queries import Written
from ..core.text import clean
from ..facilitation.play import Harvest
from ..facilitation.ways import way_in_words, with_way
from ..workshops.models import Workshop
from .queries import Crop

SHORTEST_TITLE, LONGEST_TITLE = 10, 120
MOST_PRINCIPLES = 3
MOST_QUOTES = 40
SENTENCE = re.compile(r"(?<=[.!?…])\s")
# What would be read as Markdown: signs anywhere, some at the beginning, and addresses in brackets.
MARKED = re.compile(r"([\\`*_\[\]]|^[#>+-]|<(?=\w+[:@.]))")


def proposed(workshop: Workshop, crop: Crop) -> dict[str, Any]:
    """Return a form's fields: title, text, and the principles of the plan and of the text.

    Those that the text says clearly are ticked, as where one writes an idea: one word alone is a
    suggestion only.
    """
    item, asked = crop.item, crop.activity.title  # what it answers: a word alone says too little
    with force_locale(workshop.lang):  # as results and groups were told
        title = _title(item)
    found = dict.fromkeys([*workshop.principles, *sure_of(_written(workshop, item))])
    return {
        "title": title if len(title) >= SHORTEST_TITLE else _longer(title, asked),
        "body": _body(workshop, crop),
        "lang": workshop.lang,
        "principles": list(found)[:MOST_PRINCIPLES],
    }


def pointing(workshop: Workshop, item: Harvest) -> dict[int, list[str]]:
    """Return the principles that what the room wrote points to, with the words that tell so."""
    return because(_written(workshop, item))


def _written(workshop: Workshop, item: Harvest) -> Written:
    return Written("", "\n".join([item.title, *item.quotes])[:5000], workshop.lang)


def _title(item: Harvest) -> str:
    """Return the item's title on one line: its first sentence when there is no room for all."""
    title = clean(_named(item))
    if len(title) <= LONGEST_TITLE:
        return title
    first = SENTENCE.split(title)[0]
    if len(first) <= LONGEST_TITLE:
        return first
    return title[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…"


def _named(item: Harvest) -> str:
    """Return what an item is called; of a group without a name its first card says it alone."""
    nameless = item.quotes and item.title == called("", item.quotes)
    return item.quotes[0] if nameless else item.title


def _longer(title: str, asked: str) -> str:
    return _title(Harvest("", f"{title} – {clean(asked)}")) if asked else title


def _body(workshop: Workshop, crop: Crop) -> str:
    item = crop.item
    with force_locale(workshop.lang):
        said = [_("Dette kom fram på verkstedet «%(title)s».", title=workshop.title)]
        if crop.told:
            said.append(_("Resultatet der: %(result)s.", result=_results(crop.told)))
        lead = " ".join(str(each) for each in said)
        quotes = [_quoted(*pair) for pair in with_way(item.quotes, item.ways)[:MOST_QUOTES]]
        if quotes:
            return "\n\n".join([lead, str(_("Lappene som ligger bak:")), "\n>\n".join(quotes)])
    return lead if clean(item.title) == _title(item) else f"{_plain(item.title)}\n\n{lead}"


def _results(told: Sequence[Harvest]) -> str:
    """Say a result; of several also which place each was, as the units differ."""
    return told[0].result if len(told) == 1 else ". ".join(map(_with_place, told))


def _with_place(item: Harvest) -> str:
    if item.place is None:
        return item.result
    return str(
        _("%(result)s (nummer %(place)s av %(among)s)", result=item.result, place=item.place,
          among=item.among)
    )  # fmt: skip


def quotes(body: str, card: str) -> bool:
    """Tell whether a text has a card among those that it quotes."""
    # The whole line: «Benk» is not quoted where «Benker» is.
    line = re.escape(f"> {_plain(card)}")
    return re.search(rf"^{line}(?: \([^()\n]*\))?$", body, re.MULTILINE) is not None


def _quoted(text: str, way: str) -> str:
    told = way_in_words(way)
    return f"> {_plain(text)} ({told})" if told else f"> {_plain(text)}"


def _plain(text: str) -> str:
    # What somebody wrote on a card is text, whatever it would mean as Markdown.
    return MARKED.sub(r"\\\1", clean(text))
