"""The terms on which one takes part, in words: who may join, who learns who wrote what, where."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .models import (
    ANYONE,
    BOTH,
    HELPER,
    LEAD,
    MEMBERS,
    NAMED,
    ONLINE,
    PLACE,
    PSEUDONYMOUS,
    SEATED,
    STRICT,
)

LANGUAGES = (("nb", "bokmål"), ("nn", "nynorsk"), ("en", "English"))
ANONYMITY: dict[str, Any] = {
    NAMED: _l("Alle. Navnet står ved det man skriver."),
    PSEUDONYMOUS: _l("Bare de som leder. Ingen andre ser hvem som har skrevet hva."),
    STRICT: _l("Ingen, heller ikke de som leder. Etterpå kan det aldri finnes ut."),
}
JOINING: dict[str, Any] = {
    ANYONE: _l("Alle som har koden. Ingen trenger bruker eller navn."),
    MEMBERS: _l("Alle som logger inn med en bruker."),
    SEATED: _l("Bare de som er påmeldt og har fått plass."),
}
MEETS: dict[str, Any] = {
    PLACE: _l("På et sted"),
    ONLINE: _l("Bare på nett"),
    BOTH: _l("På et sted, og på nett samtidig"),
}

LEAD_ROLES: dict[str, Any] = {
    LEAD: _l("Medleder: kan det samme som lederen, uten å gi fra seg verkstedet"),
    HELPER: _l("Hjelper: ser programmet og hjelper til mens verkstedet holdes"),
}
ROLE_NAMES: dict[str, Any] = {LEAD: _l("medleder"), HELPER: _l("hjelper"), "leader": _l("leder")}


def online_in(lang: str) -> str:
    """Say "online" in the language that a plan is written in."""
    with force_locale(lang):
        return str(_("På nett"))


def spoken(languages: str) -> str:
    """Name the languages of a workshop, each in its own words: "bokmål, English"."""
    return ", ".join(name for key, name in LANGUAGES if key in languages.split(","))
