"""The minutes as one long table, a line for each value: the CSV, as Norwegian spreadsheets open it.

They divide cells by semicolons (the comma is in their numbers), and know by the first three bytes
that letters are UTF-8. Figures stand bare, so that they are figures; all text in quotation marks.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from flask_babel import gettext as _

from ..core.clock import oslo
from .exports import Table, facts, outcomes, share_in
from .minutes import Done, Minutes

# What spreadsheets would carry out: also after what they do not see, and in wide letters.
FORMULA = re.compile(r"[\s\x00\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\x00]")
UTF_8 = b"\xef\xbb\xbf"
Cells = list[Any]


class Figure(float):
    """A number, or a share in per cent, in its own words, and not in quotation marks."""

    def __new__(cls, value: float, _words: str) -> Figure:
        """Make it of its value."""
        return super().__new__(cls, value)

    def __init__(self, _value: float, words: str) -> None:
        self.words = words

    def __str__(self) -> str:
        return self.words

    __repr__ = __str__


def as_csv(minutes: Minutes, town: str) -> bytes:
    """Write one line for each value; what kind of line it is stands first."""
    written = StringIO(newline="")
    # In quotation marks, all text: no semicolon, comma or tab in it begins a cell of its own.
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(_heading())
    for line in _lines(minutes, town):
        writer.writerow([_cell(each) for each in line])
    return UTF_8 + written.getvalue().encode()


def _heading() -> list[str]:
    words = (
        _("Type"), _("Aktivitet nr."), _("Aktivitet"), _("Slags aktivitet"), _("Rad nr."),
        _("Kolonne"), _("Verdi"),
    )  # fmt: skip
    return [str(word) for word in words]


def _lines(minutes: Minutes, town: str) -> Iterator[Cells]:
    yield from ([_("Om verkstedet"), "", "", "", "", *fact] for fact in facts(minutes))
    for each in minutes.done:
        start = [each.number, each.activity.title, str(each.kind.name)]
        yield from ([_("Aktivitet"), *start, "", *time] for time in _times(each))
        yield from _results(each, start)
    yield from _values(_("Utfall"), ["", "", ""], outcomes(minutes, town))


def _times(done: Done) -> Table:
    activity = done.activity
    return [
        [_("Begynte (norsk tid)"), activity.begun_at],
        [_("Sluttet (norsk tid)"), activity.ended_at],
    ]


def _results(done: Done, start: Cells) -> Iterator[Cells]:
    for number, row in enumerate(done.rows):
        sums = number in done.sums
        type_ = _("Oppsummering") if sums else _("Resultat")
        for name, value in zip(done.heading, row, strict=True):
            # Of what sums up, most columns say nothing.
            if not (sums and value == ""):
                yield [type_, *start, number + 1, name, value]


def _values(type_: str, start: Cells, table: Table) -> Iterator[Cells]:
    heading, *rows = table
    for number, row in enumerate(rows, start=1):
        for name, value in zip(heading, row, strict=True):
            yield [type_, *start, number, name, value]


def _cell(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return f"{oslo(cell):%Y-%m-%d %H:%M}"
    share = share_in(cell)
    if share is not None:
        return Figure(share, cell)
    if isinstance(cell, float):
        return Figure(cell, f"{cell:.12g}".replace(".", ","))
    return _harmless(cell)


def _harmless(cell: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    if isinstance(cell, str) and FORMULA.match(cell):
        return f"'{cell}"
    return cell
