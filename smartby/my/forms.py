"""The shape of leaving."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired, Length

from ..core.forms import Form


class ErasureForm(Form):
    """The password, and that one means it."""

    current = PasswordField(
        _l("Passordet ditt"),
        validators=[
            InputRequired(_l("Skriv passordet ditt.")),
            Length(max=1000, message=_l("Passordet er for langt.")),
        ],
    )
    sure = BooleanField(
        _l("Jeg forstår at dette ikke kan gjøres om"),
        validators=[InputRequired(_l("Kryss av for at du forstår dette."))],
    )
