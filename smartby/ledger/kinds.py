"""What each type of entry is called: its verb, its mark on the timeline, its group in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

GROUPS = {
    "publications": _l("Publisert"),
    "moves": _l("Flyttet"),
    "answers": _l("Offisielle svar"),
    "moderation": _l("Skjult og vist igjen"),
    "workshops": _l("Verksteder"),
    "town": _l("Innstillinger, roller og løp"),
    "erasures": _l("Slettet"),
    "other": _l("Annet"),
}

NAME_CHANGED = "name.changed"  # title: the name before, text: the name after


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of entry; `verb` may hold %(to)s, %(from)s and %(what)s."""

    verb: Any
    group: str
    mark: str = ""  # data-kind of the timeline: "move" or "answer"


_kinds: dict[str, Kind] = {}


def entry_kind(type_: str, verb: Any, group: str, mark: str = "") -> None:
    """Tell what entries of a type are called; rooms above may add their own."""
    if group not in GROUPS:
        raise ValueError(f"the log has no group {group}")
    if type_ in _kinds:
        raise ValueError(f"{type_} has a name already")
    _kinds[type_] = Kind(verb, group, mark)


def kind_of(type_: str) -> Kind:
    """Return what a type is called; one that nobody has described is shown by its own name."""
    return _kinds.get(type_) or Kind(type_.replace("%", "%%"), "other")


def types_in(group: str) -> list[str]:
    """Return the types of a group; of "other", all that are described by name elsewhere."""
    return sorted(name for name, kind in _kinds.items() if kind.group == group)


def described() -> list[str]:
    """Return all types that are described."""
    return sorted(_kinds)


for what in ("idea", "challenge"):
    entry_kind(f"{what}.published", _l("Publisert"), "publications")
    entry_kind(f"{what}.withdrawn", _l("Trukket tilbake"), "publications")
    entry_kind(f"{what}.hidden", _l("Skjult"), "moderation")
    entry_kind(f"{what}.restored", _l("Vist igjen"), "moderation")
entry_kind("stage.moved", _l("Flyttet til %(to)s"), "moves", "move")
entry_kind("answer.given", _l("Offisielt svar"), "answers", "answer")
entry_kind("comment.removed", _l("En kommentar ble fjernet"), "moderation")
entry_kind("town.opened", _l("Sidene ble åpnet"), "town")
entry_kind("town.closed", _l("Sidene ble stengt"), "town")
entry_kind("town.reopened", _l("Sidene ble åpnet igjen"), "town")
entry_kind("town.changed", _l("Innstillingene ble endret: %(what)s"), "town")
entry_kind("role.offered", _l("Rollen %(to)s ble tilbudt"), "town")
entry_kind("role.offer_withdrawn", _l("Tilbudet om rollen %(to)s ble trukket tilbake"), "town")
entry_kind("role.changed", _l("Tittel eller enhet i rollen %(to)s ble endret"), "town")
entry_kind("role.given", _l("Rollen %(to)s ble gitt"), "town")
entry_kind("role.taken", _l("Rollen %(to)s ble tatt bort"), "town")
entry_kind(NAME_CHANGED, _l("Byttet navn"), "town")
entry_kind("pipeline.changed", _l("Løpet ble endret: %(what)s"), "town")
entry_kind("content.erased", _l("Innhold ble slettet"), "erasures")
entry_kind("person.erased", _l("En persons opplysninger ble slettet"), "erasures")
