"""Conversation in groups."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from ..facilitation.play import Play


class Groups(Play, key="groups"):
    """A conversation at each table."""

    name = _l("Samtale i grupper")
    purpose = _l("Deltakerne snakker sammen ved bordene, og deler til slutt.")
    icon = "person"
    minutes = 20
    order = 2
