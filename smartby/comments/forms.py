"""The shape of a comment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from ..core.forms import Form, ProseField, choices


class CommentForm(Form):
    """A text, and perhaps a stance."""

    body = ProseField(
        _l("Skriv en kommentar"),
        validators=[
            InputRequired(_l("Skriv noe først.")),
            Length(2, 3000, _l("Kommentaren må være mellom 2 og 3 000 tegn.")),
        ],
    )
    stance = RadioField(
        _l("Ditt syn"),
        choices=choices(
            ("", _l("Uten syn")), ("for", _l("For")), ("against", _l("Imot")), ("question", _l("Spørsmål"))
        ),
        default="",
        validators=[],
    )  # fmt: skip
