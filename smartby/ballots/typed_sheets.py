"""What is counted by hand as text: a line for each thing that is counted, and reading it again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

END = r"[\s;:|]"


def sheet_of(titles: Mapping[str, str], columns: Sequence[int]) -> str:
    """Write an empty sheet: a line for each title, with room for its numbers."""
    return "\n".join(
        f"{plain(title)}: {' '.join('0' for _mark in columns)}" for title in titles.values()
    )


def read(
    text: str, titles: Mapping[str, str], columns: Sequence[int]
) -> tuple[dict[str, list[int]], list[str]]:
    """Read a sheet; return the numbers by key, and the lines that say nothing of any title."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key, title in titles.items():
        keys[plain(title).casefold()].append(key)
    width = max(1, len(columns))
    line_of = re.compile(rf"(.*?){END}*((?:{END}+[0-9]{{1,4}}){{{width}}}){END}*", re.ASCII)
    counts, unknown = {}, []
    for line in filter(None, map(plain, text.splitlines())):
        found = line_of.fullmatch(line)
        empty = keys.get(re.sub(f"{END}+$", "", line).casefold())
        named = keys.get(found[1].casefold()) if found and not empty else empty
        if not named:
            unknown.append(line[:200])
        elif found and not empty:
            counts[named.pop(0)] = [int(n) for n in re.findall("[0-9]+", found[2])]
        else:
            counts[named.pop(0)] = [0] * width
    return counts, unknown


def plain(text: str) -> str:
    """Write a title on one line."""
    return " ".join(text.split())
