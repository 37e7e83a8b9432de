"""Somebody tells, or all talk together."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from ..facilitation.play import Play


class Talk(Play, key="talk"):
    """An introduction, or a conversation of all."""

    name = _l("Innledning eller samtale")
    purpose = _l("Noen forteller, eller alle snakker sammen.")
    icon = "comment"
    minutes = 10
    order = 1
