"""The minutes as a tagged PDF, and the board as a picture: set by Typst, in our own type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from flask import g
from flask_babel import gettext as _

from ..core.formatting import clock_time, date_long, number
from ..core.fragments import absolute, language
from .minutes import Done, Minutes, rehearsed
from .queries import Crop, Plot, walls_of
from .typesetting import typeset

MOST_ROWS = 1_000  # of an activity in print; the other files have all
MOST_OF_A_VOTE = 12  # on the board
MOST_NOTES = 400  # on the board, so that it is a picture yet
REGIONS = {"nb": "no", "nn": "no", "en": "gb"}


def as_pdf(minutes: Minutes, town: str) -> bytes:
    """Set the minutes as a tagged PDF."""
    data = {
        "title": _("Referat: %(title)s", title=minutes.workshop.title),
        "what": _("Referat fra en prøve") if minutes.run.rehearsal else _("Referat"),
        "heading": minutes.workshop.title,
        "town": g.municipality.name,
        "lang": language(),
        "region": REGIONS.get(language(), "no"),
        "written": minutes.workshop.lang,
        "facts": _facts(minutes),
        "purpose": minutes.workshop.purpose,
        "words": {"outcomes": _("Dette ble det av verkstedet")},
        "outcomes": [
            {
                "title": each.row.title,
                "code": each.row.code,
                "stage": each.stage,
                "url": absolute(f"{each.row.kind}s.show", town=town, number=each.row.id),
            }
            for each in minutes.outcomes
        ],
        "done": [_done(each) for each in minutes.done],
    }
    return typeset("minutes", "pdf", _plain(data))


def board_of(minutes: Minutes, form: str) -> bytes:
    """Draw all that hung on the wall, as PNG or SVG."""
    workshop = minutes.workshop
    when = f"{g.municipality.name}, {date_long(minutes.began, language())}"
    data = {
        "title": workshop.title,
        "subtitle": ". ".join(filter(None, (when, rehearsed(minutes)))),
        "written": workshop.lang,
        "walls": list(walls(walls_of(minutes.run))),
    }
    return typeset("board", form, _plain(data))


def _plain(data: dict[str, Any]) -> str:
    return orjson.dumps(data, default=str).decode()


def _facts(minutes: Minutes) -> list[tuple[str, str]]:
    lang, closed = language(), minutes.run.closed_at
    until = f"–{clock_time(closed, lang)}" if closed else ""
    began = f"{date_long(minutes.began, lang)}, {clock_time(minutes.began, lang)}{until}"
    facts = [
        (_("Når"), began),
        (_("Hvor"), minutes.where),
        (_("Leder"), ", ".join(minutes.leaders)),
        (_("Deltok"), str(minutes.run.took_part)),
    ]
    if minutes.run.rehearsal:
        facts.insert(0, (_("Prøve"), rehearsed(minutes)))
    if minutes.at_home:
        facts.append((_("Hjemmefra"), str(minutes.at_home)))
    if minutes.on_paper_only:
        facts.append((_("På papir, ikke ført opp"), str(minutes.on_paper_only)))
    if minutes.held_back:
        facts.append((_("Lapper holdt tilbake"), str(minutes.held_back)))
    return facts


def _done(done: Done) -> dict[str, Any]:
    rows, more = done.rows[:MOST_ROWS], len(done.rows) - MOST_ROWS
    return {
        "title": done.activity.title,
        "kind": str(done.kind.name),
        "heading": done.heading,
        "rows": [[_cell(cell) for cell in row] for row in rows],
        "more": _("Og %(count)s til, som står i regnearket.", count=more) if more > 0 else "",
    }


def _cell(value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return number(value, language()) if is_number else str(value)


def walls(plots: list[Plot]) -> Iterator[dict[str, Any]]:
    """Return what is drawn under each heading of the board."""
    room = MOST_NOTES
    for plot in plots:
        most = MOST_OF_A_VOTE if plot.kind.weighs else MOST_NOTES
        asked = [crop for crop in plot.crops if crop.item.key.startswith("question:")]
        hung = [crop for crop in plot.crops if crop not in asked]
        shown = hung[: max(min(room, most), 0)]
        room -= len(shown)
        more = len(hung) - len(shown) if plot.kind.weighs and shown else 0
        if shown or asked:
            yield {
                "title": plot.activity.title,
                "lines": [_line(plot, crop) for crop in asked],
                "groups": [_note(crop) for crop in shown if crop.item.quotes],
                "notes": [_note(crop) for crop in shown if not crop.item.quotes],
                "more": _("og %(count)s til", count=more) if more else "",
            }


def _line(plot: Plot, crop: Crop) -> str:
    """Say what came of the one thing that a vote asked: its heading is the question."""
    said = (crop.item.result, plot.kind.behind(crop.item.votes or 0))
    return ", ".join(filter(None, said)) if crop.item.result else str(_("Ingen har stemt."))


def _note(crop: Crop) -> dict[str, Any]:
    item = crop.item
    return {"title": item.title, "votes": item.result, "quotes": item.quotes}
