"""The minutes as files that machines and spreadsheets read: CSV, XLSX and JSON."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
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

# What spreadsheets would carry out: also after what they do not see, and in wide letters.
FORMULA = re.compile(r"[\s\x00\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\x00]")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")  # of sheets
LONGEST_NAME = 31
Table = list[list[Any]]


def as_csv(minutes: Minutes, town: str) -> bytes:
    """Write one line for each value: activity, row, column, value; Excel knows it is UTF-8."""
    written = StringIO(newline="")
    # In quotation marks, all of them: no semicolon or tab begins a cell of its own.
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow([_("Nummer"), _("Aktivitet"), _("Slags"), _("Rad"), _("Kolonne"), _("Verdi")])
    for line in _lines(minutes, town):
        writer.writerow([_harmless(cell) for cell in line])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_xlsx(minutes: Minutes, town: str) -> bytes:
    """Write a sheet of facts, one of outcomes, and one for each activity with results."""
    import xlsxwriter  # some MB, which few processes need

    file = BytesIO()
    # Strings are written as strings: nothing of what people wrote is a formula or an address.
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
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
            _write(sheet, table, bold)
            for place, wide in enumerate(_widths(table)):
                sheet.set_column(place, place, wide, wrapped)
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
        "turnout": {"joined": minutes.run.took_part, "at_home": minutes.at_home},
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
    told = rehearsed(minutes)
    return [
        *([[_("Prøve"), told]] if told else []),
        [_("Verksted"), workshop.title],
        [_("Hvor"), minutes.where],
        [_("Begynte (norsk tid)"), _local(minutes.began)],
        [_("Sluttet (norsk tid)"), _local(minutes.run.closed_at)],
        [_("Leder"), ", ".join(minutes.leaders)],
        [_("Deltok"), minutes.run.took_part],
        [_("Hjemmefra"), minutes.at_home],
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


def _local(moment: datetime | None) -> str | None:
    """Write a moment as an Oslo clock shows it, with its offset: "2026-11-27T18:05+01:00"."""
    return None if moment is None else oslo(moment).isoformat(timespec="minutes")


def _lines(minutes: Minutes, town: str) -> Iterator[list[Any]]:
    about = ["", _("Om verkstedet"), ""]
    yield from ([*about, "", name, value] for name, value in facts(minutes))
    for each in minutes.done:
        start = [each.number, each.activity.title, str(each.kind.name)]
        yield from _cells(start, [each.heading, *each.rows])
    yield from _cells(["", _("Utfall"), ""], outcomes(minutes, town))


def _cells(start: list[Any], table: Table) -> Iterator[list[Any]]:
    heading, *rows = table
    for number, row in enumerate(rows, start=1):
        for name, value in zip(heading, row, strict=True):
            yield [*start, number, name, value]


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


def _harmless(cell: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    if isinstance(cell, str) and FORMULA.match(cell):
        return f"'{cell}"
    return cell


def _widths(table: Table) -> list[int]:
    """Return how many letters each column is wide: what stands in it, and no more than a line."""
    columns = zip_longest(*table, fillvalue="")
    return [min(60, 3 + max(len(str(cell)) for cell in column)) for column in columns]


def _write(sheet: Worksheet, table: Table, bold: Any) -> None:
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(number, column, cell, bold if number == 0 else None)
            else:
                text = "" if cell is None else str(cell)
                sheet.write_string(number, column, text, bold if number == 0 else None)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    name = NOT_IN_NAMES.sub(" ", wanted).strip()[:LONGEST_NAME].strip() or "-"
    number = 2
    while name.casefold() in taken:
        name = f"{name[: LONGEST_NAME - 4]} ({number})"
        number += 1
    taken.add(name.casefold())
    return name
