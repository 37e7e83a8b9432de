"""The shape of a comment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Length, NumberRange

from ..core.forms import Form, ProseField, WholeNumberField, choices
from ..core.numbers import LARGEST

LONGEST = 3000


class RemovalForm(Form):
    """Why somebody else's comment is taken away."""

    reason = ProseField(
        _l("Hvorfor fjernes kommentaren?"),
        description=_l("Alle kan lese begrunnelsen på tidslinjen og i protokollen."),
        validators=[Length(max=500, message=_l("Begrunnelsen kan ha høyst 500 tegn."))],
    )


class FormKey(Form):
    """A button that is pressed: nothing is typed."""


class EditForm(Form):
    """A text that is changed, and the version that was seen."""

    body = ProseField(
        _l("Skriv en kommentar"),
        validators=[
            InputRequired(_l("Skriv noe først.")),
            Length(2, LONGEST, _l("Kommentaren må ha mellom 2 og 3 000 tegn.")),
        ],
    )
    seen = WholeNumberField(validators=[NumberRange(1, LARGEST)], widget=HiddenField.widget)


class CommentForm(Form):
    """A text, and perhaps a stance."""

    body = ProseField(
        _l("Skriv en kommentar"),
        validators=[
            InputRequired(_l("Skriv noe først.")),
            Length(2, LONGEST, _l("Kommentaren må ha mellom 2 og 3 000 tegn.")),
        ],
    )
    stance = RadioField(
        _l("Ditt syn"),
        choices=choices(
            ("", _l("Uten syn")),
            ("for", _l("For")),
            ("against", _l("Imot")),
            ("question", _l("Spørsmål")),
        ),
        default="",
        validators=[],
    )
