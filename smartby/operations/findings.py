"""What the doctor finds: something unsafe or something missing, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

UNSAFE, MISSING = "unsafe", "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and what to do."""

    level: str
    what: str
    do: str


Check = Callable[[], Iterator[Finding]]


def unsafe(what: str, do: str) -> Finding:
    """Tell of something that can hurt people or lose what they wrote."""
    return Finding(UNSAFE, what, do)


def missing(what: str, do: str) -> Finding:
    """Tell of something that does not work yet, or not well."""
    return Finding(MISSING, what, do)
