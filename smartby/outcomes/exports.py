"""The minutes as files that machines and spreadsheets read: XLSX and JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import orjson
from flask_babel import gettext as _

from ..core.clock import OSLO, oslo
from ..core.fragments import absolute
from .minutes import Done, Minutes, rehearsed
from .queries import in_the_room

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHARE = re.compile(r"(\d{1,3}) %")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")  # of sheets
LONGEST_NAME = 31
LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True},
    "text": {"text_wrap": True, "valign": "top"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left", "valign": "top"},
    "share": {"num_format": "0 %", "valign": "top"},
}
Table = list[list[Any]]


def as_xlsx(minutes: Minutes, town: str) -> bytes:
    """Write a sheet of facts, one of outcomes, and one for each activity with results."""
    import xlsxwriter  # some MB, which few processes need

    file = BytesIO()
    # Strings are written as strings: nothing of what people wrote is a formula or an address.
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        tables = [
            (_("Om verkstedet"), [[], *facts(minutes)]),
            (_("Utfall"), outcomes(minutes, town)),
        ]
        tables += [
            (f"{each.number} {each.activity.title}", [each.heading, *each.rows])
            for each in minutes.done
            if each.rows
        ]
        taken: set[str] = set()
        for name, table in tables:
            sheet = book.add_worksheet(_sheet_name(name, taken))
            _write(sheet, table, looks)
            for place, wide in enumerate(_widths(table)):
                sheet.set_column(place, place, wide, looks["text"])
    return file.getvalue()


def as_json(minutes: Minutes, town: str) -> bytes:
    """Write everything as structured data, with addresses of what came of it."""
    workshop = minutes.workshop
    content = {
        "workshop": {
            "number": workshop.id, "title": workshop.title, "purpose": workshop.purpose,
            "place": workshop.place, "meets": workshop.meets,
            "leaders": minutes.leaders, "language": workshop.lang, "time_zone": OSLO.key,
            "began_at": _local(minutes.began), "closed_at": _local(minutes.run.closed_at),
            "anonymity": workshop.anonymity, "rehearsal": minutes.run.rehearsal,
            "url": absolute("workshops.show", town=town, number=workshop.id),
        },
        "turnout": {
            "joined": minutes.run.took_part, "at_home": minutes.at_home,
            "on_paper_only": minutes.on_paper_only,
        },
        "cards_held_back": minutes.held_back,
        "activities": [_activity(each) for each in minutes.done],
        "outcomes": [
            {
                "kind": each.row.kind, "code": each.row.code, "title": each.row.title,
                "stage": each.stage, "withdrawn": each.row.withdrawn_at is not None,
                "votes": each.row.votes, "in_the_room": in_the_room(each.row),
                "url": absolute(f"{each.row.kind}s.show", town=town, number=each.row.id),
            }
            for each in minutes.outcomes
        ],
    }  # fmt: skip
    return orjson.dumps(content, option=orjson.OPT_INDENT_2, default=str)


def facts(minutes: Minutes) -> Table:
    """Return what the workshop was, as rows of two."""
    workshop = minutes.workshop
    told, more = rehearsed(minutes), minutes.on_paper_only
    return [
        *([[_("Prøve"), told]] if told else []),
        [_("Verksted"), workshop.title],
        [_("Hvor"), minutes.where],
        [_("Begynte (norsk tid)"), minutes.began],
        [_("Sluttet (norsk tid)"), minutes.run.closed_at],
        [_("Leder"), ", ".join(minutes.leaders)],
        [_("Deltok"), minutes.run.took_part],
        [_("Hjemmefra"), minutes.at_home],
        *([[_("På papir, ikke ført opp"), more]] if more else []),
        [_("Lapper holdt tilbake"), minutes.held_back],
    ]


def outcomes(minutes: Minutes, town: str) -> Table:
    """Return what came of it as a table."""
    heading = [_("Tittel"), _("Kode"), _("Steg"), _("I rommet"), _("Adresse")]
    return [
        heading,
        *(
            [
                each.row.title, each.row.code, each.stage, in_the_room(each.row),
                absolute(f"{each.row.kind}s.show", town=town, number=each.row.id),
            ]
            for each in minutes.outcomes
        ),
    ]  # fmt: skip


def share_in(cell: Any) -> float | None:
    """Return the share that a cell says, "67 %" as 0.67; None when it says another thing."""
    found = SHARE.fullmatch(cell) if isinstance(cell, str) else None
    return None if found is None else int(found[1]) / 100


def _local(moment: datetime | None) -> str | None:
    """Write a moment as an Oslo clock shows it, with its offset: "2026-11-27T18:05+01:00"."""
    return None if moment is None else oslo(moment).isoformat(timespec="minutes")


def _activity(done: Done) -> dict[str, Any]:
    activity = done.activity
    return {
        "number": done.number, "kind": activity.kind, "title": activity.title,
        "begun_at": _local(activity.begun_at), "ended_at": _local(activity.ended_at),
        "columns": done.heading,
        "rows": [[_plain(cell) for cell in row] for row in done.rows],
    }  # fmt: skip


def _plain(cell: Any) -> Any:
    return cell if isinstance(cell, int | float | bool) or cell is None else str(cell)


def _widths(table: Table) -> list[int]:
    """Return how many letters each column is wide: what stands in it, and no more than a line."""
    columns = zip_longest(*table, fillvalue="")
    return [min(60, 3 + max(len(str(cell)) for cell in column)) for column in columns]


def _write(sheet: Worksheet, table: Table, looks: Mapping[str, Any]) -> None:
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            _write_cell(sheet, (number, column), cell, looks)


def _write_cell(sheet: Worksheet, at: tuple[int, int], cell: Any, looks: Mapping[str, Any]) -> None:
    share, usual = share_in(cell), looks["heading"] if at[0] == 0 else None
    if isinstance(cell, datetime):  # a spreadsheet's times have no zone: the heading says which
        sheet.write_datetime(*at, oslo(cell).replace(tzinfo=None), looks["moment"])
    elif share is not None:
        sheet.write_number(*at, share, looks["share"])
    elif isinstance(cell, int | float):
        sheet.write_number(*at, cell, usual)
    else:
        sheet.write_string(*at, "" if cell is None else str(cell), usual)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    name = NOT_IN_NAMES.sub(" ", wanted).strip()[:LONGEST_NAME].strip() or "-"
    number = 2
    while name.casefold() in taken:
        name = f"{name[: LONGEST_NAME - 4]} ({number})"
        number += 1
    taken.add(name.casefold())
    return name
