"""Take compounds apart into their words: skolevei is skole and vei."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

_LINKS = ("", "s", "e")
_BEFORE = "gate"  # a first part, to see what the stemmer leaves of a word at the end of a compound
_SHORTEST_FIRST, _SHORTEST_LAST = 3, 2


class Compounds:
    """The known parts of compounds, by how they look at the beginning and at the end of one."""

    def __init__(self, parts: Iterable[str], stem: Callable[[str], str]) -> None:
        self.names: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._last: dict[str, str] = {}
        for part in parts:
            found = stem(part)
            self.names.setdefault(found, part)
            for link in _LINKS:
                self._first.setdefault(part + link, found)
                if len(found) > _SHORTEST_FIRST:
                    self._first.setdefault(found + link, found)
            self._last.setdefault(found, found)
            left = stem(_BEFORE + part)[len(_BEFORE) :]
            if len(left) > _SHORTEST_LAST or (left and left == found[:-1]):
                self._last.setdefault(left, found)

    def split(self, stem: str) -> tuple[str, ...]:
        """Return the stems of a compound's parts; none when they are not known."""
        for at in range(len(stem) - _SHORTEST_LAST, _SHORTEST_FIRST - 1, -1):
            first = self._first.get(stem[:at])
            if first and (rest := self._rest(stem, at)):
                return (first, *rest)
        return ()

    def begun(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield each way to take a word apart after a known first part, the longest first."""
        for at in range(len(word) - _SHORTEST_FIRST, _SHORTEST_FIRST - 1, -1):
            if word[:at] in self._first:
                yield word[:at], word[at:]

    def _rest(self, stem: str, at: int) -> tuple[str, ...]:
        # Three equal letters are written as two: busstopp is buss and stopp.
        shared = stem[at - 1] + stem[at:] if stem[at - 1] == stem[at - 2] else ""
        for rest in (stem[at:], shared):
            if rest in self._last:
                return (self._last[rest],)
        return self.split(stem[at:])

    def written_alike(self, stem: str) -> str:
        """Return a compound's stem with its last part as that word's own stem: gatelys, gately."""
        for at in range(len(stem) - _SHORTEST_LAST, _SHORTEST_FIRST - 1, -1):
            if stem[:at] in self._first and stem[at:] in self._last:
                return stem[:at] + self._last[stem[at:]]
        return stem
