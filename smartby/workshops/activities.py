"""The kinds of step a programme is built from: each registers itself under its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from ..core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of step: what it is called, what it is for, and how long it usually takes."""

    key: str
    name: Any  # words, in the language of the page
    purpose: Any
    icon: str
    minutes: int


_kinds: dict[str, Kind] = {}


def kind(key: str, name: Any, purpose: Any, *, icon: str, minutes: int) -> Kind:
    """Register a kind of step; a key is taken once."""
    if key in _kinds:
        raise ValueError(f"the kind {key} is registered twice")
    _kinds[key] = Kind(key, name, purpose, icon, minutes)
    return _kinds[key]


def kinds() -> list[Kind]:
    """Return all kinds in the order in which they were registered."""
    return list(_kinds.values())


def kind_of(key: str) -> Kind:
    """Return a kind by its key; raise Invalid when there is none."""
    if key not in _kinds:
        raise Invalid
    return _kinds[key]


kind(
    "talk",
    _l("Innledning eller samtale"),
    _l("Noen forteller, eller alle snakker sammen."),
    icon="comment",
    minutes=10,
)
kind(
    "groups",
    _l("Samtale i grupper"),
    _l("Deltakerne snakker sammen ved bordene, og deler til slutt."),
    icon="person",
    minutes=20,
)
kind("break", _l("Pause"), _l("Kaffe, luft og prat."), icon="pause", minutes=10)
