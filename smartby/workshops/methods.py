"""Methods to build a programme from: shipped as data, in the languages of the pages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from ..core.errors import Invalid
from .kinds import Kind, is_kind, kind_of

DATA = Path(__file__).parent / "data" / "methods.json"
SPOKEN = ("talk", "groups", "break")  # kinds that leave nothing to work on
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class MethodStep:
    """A step of a method. The fallback is used as long as nobody has made its kind.

    `source` names the steps, counted from 1, whose results it works on: the first that leaves any.
    """

    kind: str
    minutes: int
    title: Words
    fallback: str = ""
    rules: dict[str, Any] = field(default_factory=dict)
    source: tuple[int, ...] = ()

    @property
    def made_with(self) -> Kind:
        """The kind that the step has in a programme today."""
        return kind_of(self.kind if is_kind(self.kind) else self.fallback)


@dataclass(frozen=True, slots=True)
class Method:
    """A way to work together, and for how many people it is."""

    key: str
    people: tuple[int, int]
    name: Words
    purpose: Words
    steps: tuple[MethodStep, ...]

    @property
    def minutes(self) -> int:
        """How long all steps take."""
        return sum(step.minutes for step in self.steps)

    def source_of(self, step: MethodStep) -> int | None:
        """Return the place, from 0, of the step whose results a step works on."""
        found = (n - 1 for n in step.source if self.steps[n - 1].made_with.key not in SPOKEN)
        return next(found, None)


@cache
def methods() -> tuple[Method, ...]:
    """Read the data file."""
    return tuple(_read(row) for row in json.loads(DATA.read_text("utf-8")))


def method_of(key: str) -> Method:
    """Return a method by its key; raise Invalid when there is none."""
    for method in methods():
        if method.key == key:
            return method
    raise Invalid(_("Velg en metode som finnes her."))


def _read(row: dict[str, Any]) -> Method:
    steps = tuple(MethodStep(**step) for step in row["steps"])
    return Method(row["key"], tuple(row["people"]), row["name"], row["purpose"], steps)
