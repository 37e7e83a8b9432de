"""Making requests: forms as they were drawn, with a little or everything in them turned hostile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tests.hostile.doors import Door
from tests.hostile.forms import Form
from tests.hostile.inputs import BODIES, CORPORA, HEADERS, LONG, NUMBERS, TOWNS_AND_WAYS_UP, Drawn
from tests.hostile.requests import TOKEN, File, Pair, Request
from tests.hostile.world import ROLES

T = TypeVar("T")
Field = tuple[str, str | File]
COLD = 20  # of so many requests one meets a smartby that remembers nothing
ONE_PLACE = 3_000  # characters of a part of a path
CHANGES = ("value", "value", "value", "missing", "twice", "new", "file")
NAMES_OF_HEADERS = sorted(HEADERS)


@dataclass(frozen=True)
class Maker:
    """Throws dice for everything about a request, and so makes the same from the same seed.

    `names` are those that pages and views know of, `said` values that some page offers somewhere.
    """

    dice: Random
    drawn: Drawn
    names: Sequence[str]
    said: Sequence[str]

    def request(self, door: Door) -> Request:
        """Make a request at a door."""
        if not door.forms or self._once_in(8):
            return self._from_nothing(door)
        role, form = self._any(door.forms)
        return self._from_a_form(door, self._any(ROLES) if self._once_in(6) else role, form)

    def _from_nothing(self, door: Door) -> Request:
        """Make up a request to a route out of names that views ask for."""
        filled = {
            name: self._any((*NUMBERS, "3", "4")) if number else self._part()
            for name, number in door.places
        }
        if "town" in filled and self._once_in(2):
            filled["town"] = "havnvik"
        return Request(
            role=self._any(ROLES),
            method=door.method,
            endpoint=door.endpoint,
            parts=door.path(filled),
            query=tuple(self._pairs()),
            fields=(("csrf_token", TOKEN), *self._pairs()) if door.method == "POST" else (),
            headers=self._headers(),
            cold=self._once_in(COLD),
        )

    def _from_a_form(self, door: Door, role: str | None, form: Form) -> Request:
        """Fill in a form as a person might, and then change some of it."""
        pairs: list[Field] = [
            (name, TOKEN if name == "csrf_token" else self._any(offered))
            for name, offered in form.fields.items()
        ]
        for _ in range(self.dice.randrange(4)):
            self._change(pairs)
        query = [(name[1:], value) for name, value in _words(pairs) if name.startswith("?")]
        fields = [pair for pair in pairs if not pair[0].startswith("?")]
        if door.method == "GET":
            query, fields = [*query, *_words(fields)], []
        return Request(
            role, door.method, door.endpoint, self._path(door, form), tuple(query), tuple(fields),
            self._headers(), self._body() if fields and self._once_in(20) else None,
            cold=self._once_in(COLD),
        )  # fmt: skip

    def _path(self, door: Door, form: Form) -> tuple[str, ...]:
        path = form.action.partition("?")[0].split("/")
        if door.places and self._once_in(10):
            path[self.dice.randrange(len(path))] = self._part()
        return tuple(path)

    def _change(self, pairs: list[Field]) -> None:
        """Change one thing about what is sent."""
        at = self.dice.randrange(len(pairs)) if pairs else 0
        how = self._any(CHANGES)
        if not pairs or how == "new":
            named = self._any(self.names if self._once_in(2) else self.drawn.names)
            pairs.append((named, self._value()))
        elif how == "missing":
            pairs.pop(at)
        elif how == "twice":
            pairs.insert(at, (pairs[at][0], self._value()))
        else:
            sent = self._any(self.drawn.files) if how == "file" else self._value()
            pairs[at] = (pairs[at][0], sent)

    def _pairs(self) -> list[Pair]:
        number = self.dice.randrange(7)
        return [(self._any(self.names), self._value()) for _ in range(number)]

    def _value(self) -> str:
        """Return a text: of a corpus, that a page offers, that was drawn, or two of them."""
        if self._once_in(10):
            return (self._text() + self._text())[:LONG]
        return self._text()

    def _text(self) -> str:
        place = self.dice.randrange(9)
        if place < len(CORPORA):
            return self._any(CORPORA[place])
        return self._any(self.said if place == len(CORPORA) else self.drawn.texts)

    def _part(self) -> str:
        kinds = (NUMBERS, TOWNS_AND_WAYS_UP, None)
        kind = self._any(kinds)
        return (self._any(kind) if kind else self._value())[:ONE_PLACE]

    def _body(self) -> bytes:
        return self._any(BODIES if self._once_in(2) else self.drawn.bodies)

    def _headers(self) -> tuple[Pair, ...]:
        if not self._once_in(3):
            return ()
        named = self.dice.sample(NAMES_OF_HEADERS, self.dice.randrange(3))
        return tuple((name, self._any(HEADERS[name])) for name in named)

    def _any(self, choices: Sequence[T]) -> T:
        return choices[int(self.dice.random() * len(choices))]

    def _once_in(self, times: int) -> bool:
        return self.dice.random() * times < 1


def _words(pairs: Sequence[Field]) -> Iterator[Pair]:
    return ((name, value) for name, value in pairs if isinstance(value, str))
