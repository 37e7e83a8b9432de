"""What is counted by hand as text: a line for each thing that is counted, and reading it again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from ..core.text import inner

END = r"[\s;:|]"
NUMBERS = re.compile(rf"(?:{END}+[0-9]{{1,4}})*{END}*", re.ASCII)
Typed = tuple[dict[str, list[int]], list[str], list[str]]


def sheet_of(titles: Mapping[str, str], columns: Sequence[int], order: str = "") -> str:
    """Write an empty sheet: a line for each title, with room for its numbers.

    `order` says in words which number is which; it stands first.
    """
    zeros = " ".join("0" for _mark in columns)
    lines = (f"{plain(title)}: {zeros}" for title in titles.values())
    return "\n".join([*filter(None, [order]), *lines])


def order_of(names: Sequence[str]) -> str:
    """Say in words which number of a line is which; "" where the numbers say it themselves."""
    return _("Rekkefølge: %(names)s", names=", ".join(names)) if names else ""


def read(text: str, titles: Mapping[str, str], columns: Sequence[int], order: str = "") -> Typed:
    """Read a sheet; return the numbers by key, the lines that name nothing, and what is wrong.

    What is wrong is said in words, of lines that name something: too few or too many numbers, or
    a second line for the same.
    """
    sheet = _Sheet(max(1, len(columns)))
    for key, title in titles.items():
        name = plain(title).casefold()
        sheet.left[name].append(key)
        sheet.names.setdefault(name, plain(title))
    for line in filter(None, map(plain, text.splitlines())):
        if line != order:
            sheet.take(line)
    return sheet.counts, sheet.unknown, sheet.wrong


def plain(text: str) -> str:
    """Write a title on one line."""
    return " ".join(text.split())


@dataclass
class _Sheet:
    """A sheet while its lines are read."""

    width: int  # how many numbers a line has
    names: dict[str, str] = field(default_factory=dict)  # titles, by how they are compared
    left: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, list[int]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        """Read a line."""
        name, numbers = self._parted(line)
        if name is None:
            self.unknown.append(line[:200])
        elif not self.left[name]:
            self.wrong.append(_twice(self.names[name]))
        elif len(numbers) not in (0, self.width):
            self.wrong.append(_miscounted(self.names[name], len(numbers), self.width))
        else:
            self.counts[self.left[name].pop(0)] = numbers or [0] * self.width

    def _parted(self, line: str) -> tuple[str | None, list[int]]:
        """Part a line into what it names and its numbers; a title may end in numbers itself."""
        told = line.casefold()
        rests = {name: told.removeprefix(name) for name in self.names if told.startswith(name)}
        fits = [
            (name, [int(number) for number in re.findall("[0-9]+", rest)])
            for name, rest in rests.items()
            if NUMBERS.fullmatch(rest)
        ]
        if not fits:
            return None, []
        # A title that stands alone comes first, then one with all its numbers, then the longest.
        return max(fits, key=lambda fit: (not fit[1], len(fit[1]) == self.width, len(fit[0])))


def _miscounted(title: str, many: int, width: int) -> str:
    told = ngettext(
        "«%(title)s» har %(num)d tall. Det skal være %(width)s.",
        "«%(title)s» har %(num)d tall. Det skal være %(width)s.",
        many, title=inner(title), width=width,
    )  # fmt: skip
    return str(told)


def _twice(title: str) -> str:
    told = _("«%(title)s» står på mer enn én linje. La bare én av dem stå.", title=inner(title))
    return str(told)
