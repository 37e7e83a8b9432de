"""A break."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from ..facilitation.play import Play


class Pause(Play, key="break"):
    """Coffee, air and talk."""

    name = _l("Pause")
    purpose = _l("Kaffe, luft og prat.")
    icon = "pause"
    minutes = 10
    order = 99
