"""The minutes as a tagged PDF, and the board as a picture: set by Typst, in our own type."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson
import typst
from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from ..core.formatting import clock_time, date_long
from ..core.fragments import absolute, language
from .minutes import Done, Minutes
from .queries import Crop, plots_of

FOLDER = Path(__file__).parent / "print"
MOST_ROWS = 1_000  # of an activity in print; the other files have all
MOST_NOTES = 400  # on one wall of the board
PICTURE_PPI = 96.0
ACCESSIBLE = "ua-1"  # PDF/UA: tagged, titled, in reading order
REGIONS = {"nb": "no", "nn": "no", "en": "gb"}


def as_pdf(minutes: Minutes, town: str) -> bytes:
    """Set the minutes as a tagged PDF."""
    data = {
        "title": _("Referat: %(title)s", title=minutes.workshop.title),
        "what": _("Referat"),
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
    try:
        return _set("minutes.typ", data, format="pdf", pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        # The standard asks that every character can be drawn, and no type of ours has emoji:
        # the file is as tagged without the claim, with a box where the emoji stood.
        return _set("minutes.typ", data, format="pdf")


def board_of(minutes: Minutes, form: str) -> bytes:
    """Draw all that hung on the wall, as PNG or SVG."""
    workshop = minutes.workshop
    day = date_long(minutes.began, language())
    data = {
        "title": workshop.title,
        "subtitle": f"{g.municipality.name}, {day}",
        "written": workshop.lang,
        "walls": [_wall(plot.activity.title, plot.crops) for plot in plots_of(minutes.run)],
    }
    return _set("board.typ", data, format=form, ppi=PICTURE_PPI)


def _set(template: str, data: dict[str, Any], **options: Any) -> bytes:
    inputs = {"data": orjson.dumps(data, default=str).decode()}
    made: Any = typst.compile(
        str(FOLDER / template), root=str(FOLDER), font_paths=_fonts(), sys_inputs=inputs, **options
    )
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER / "fonts")]
    )


def _facts(minutes: Minutes) -> list[tuple[str, str]]:
    lang, closed = language(), minutes.run.closed_at
    until = f"–{clock_time(closed, lang)}" if closed else ""
    began = f"{date_long(minutes.began, lang)}, {clock_time(minutes.began, lang)}{until}"
    facts = [
        (_("Når"), began),
        (_("Hvor"), minutes.workshop.place),
        (_("Leder"), minutes.workshop.leader.name),
        (_("Deltok"), str(minutes.run.joined)),
    ]
    if minutes.at_home:
        facts.append((_("Hjemmefra"), str(minutes.at_home)))
    if minutes.held_back:
        facts.append((_("Lapper holdt tilbake"), str(minutes.held_back)))
    return facts


def _done(done: Done) -> dict[str, Any]:
    rows, more = done.rows[:MOST_ROWS], len(done.rows) - MOST_ROWS
    return {
        "title": done.activity.title,
        "kind": str(done.kind.name),
        "heading": done.heading,
        "rows": [[str(cell) for cell in row] for row in rows],
        "more": _("Og %(count)s til, som står i regnearket.", count=more) if more > 0 else "",
    }


def _wall(title: str, crops: Any) -> dict[str, Any]:
    shown: list[Crop] = list(crops)[:MOST_NOTES]
    return {
        "title": title,
        "groups": [_note(crop) for crop in shown if crop.item.quotes],
        "notes": [_note(crop) for crop in shown if not crop.item.quotes],
    }


def _note(crop: Crop) -> dict[str, Any]:
    item = crop.item
    votes = "" if item.votes is None else ngettext("%(num)d stemme", "%(num)d stemmer", item.votes)
    return {"title": item.title, "votes": votes, "quotes": item.quotes}
