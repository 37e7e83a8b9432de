"""What was changed in a municipality's settings, in words for the public record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..config import LANGUAGES
from .models import Unit

Words = Callable[[], str]
NAMES = {
    "primary_colour": _l("hovedfarge"),
    "deep_colour": _l("dyp farge"),
    "written_language": _l("målform"),
    "phone": _l("telefon"),
    "email": _l("e-post"),
    "accessibility_statement_url": _l("adressen til tilgjengelighetserklæringen"),
    "welcome_nb": _l("velkomst på bokmål"),
    "welcome_nn": _l("velkomst på nynorsk"),
    "welcome_en": _l("velkomst på engelsk"),
}
WRITTEN = {"nb": _l("bokmål"), "nn": _l("nynorsk"), "neutral": _l("nøytral")}
# A person may be behind them, and what stands in the record stays there.
UNTOLD = ("phone", "email")
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Change:
    """A setting before and after."""

    name: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """Say it in the language of the moment: "målform: bokmål → nynorsk"."""
        named = str(NAMES[self.name])
        if self.name in UNTOLD:
            return named
        return f"{named}: {self._shown(self.before)} → {self._shown(self.after)}"

    def _shown(self, value: str) -> str:
        if not value:
            return str(_("ingen"))
        if self.name == "written_language":
            return str(WRITTEN.get(value, value))
        short = value if len(value) <= LONGEST else f"{value[:LONGEST].rstrip()} …"
        return f"«{short}»" if self.name.startswith("welcome") else short


def changes(before: Any, wanted: Mapping[str, str]) -> list[Change]:
    """Compare what is with what is wanted."""
    found = [Change(name, getattr(before, name), value) for name, value in wanted.items()]
    return [change for change in found if change.before != change.after]


def in_every_language(words: Words) -> dict[str, str]:
    """Say something in every language that the installation serves, in the words of the moment."""
    said = {}
    for lang in LANGUAGES:
        with force_locale(lang):
            said[lang] = str(words())
    return said


def settings_changed(changed: list[Change]) -> dict[str, str]:
    """Say which settings were changed, from what to what."""
    return in_every_language(lambda: "; ".join(change.words for change in changed))


def unit_added(unit: Unit) -> dict[str, str]:
    """Say that a unit is new."""
    return {lang: f"{text} {unit.name_in(lang)}" for lang, text in _said(_l("ny enhet")).items()}


def unit_renamed(before: Mapping[str, str], unit: Unit) -> dict[str, str]:
    """Say what a unit was called and is called now."""
    said = _said(_l("enhet"))
    return {
        lang: f"{text}: {before.get(lang) or before['nb']} → {unit.name_in(lang)}"
        for lang, text in said.items()
    }


def unit_archived(unit: Unit) -> dict[str, str]:
    """Say that a unit was taken out of use, or back into it."""
    words = _l("tatt ut av bruk") if unit.archived_at else _l("tatt i bruk igjen")
    return {lang: f"{unit.name_in(lang)} {text}" for lang, text in _said(words).items()}


def _said(words: Any) -> dict[str, str]:
    return in_every_language(lambda: str(words))
