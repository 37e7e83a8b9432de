"""The shape of an idea."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, Length, Optional

from ..contributions.actions import Content
from ..core.forms import Form, LineField, NumbersField, ProseField, choices


class IdeaForm(Form):
    """A title, a text, principles; goals, place and challenge when wanted."""

    title = LineField(
        _l("Tittel"),
        validators=[
            InputRequired(_l("Skriv hva ideen er, for eksempel «Lys på gangveien».")),
            Length(10, 120, _l("Tittelen må være mellom 10 og 120 tegn.")),
        ],
    )
    body = ProseField(
        _l("Fortell mer"),
        validators=[
            InputRequired(_l("Skriv noen setninger om ideen.")),
            Length(max=5000, message=_l("Teksten kan være på høyst 5 000 tegn.")),
        ],
    )
    principles = NumbersField(
        _l("Prinsipper"),
        choices=choices(*((n, str(n)) for n in range(1, 9))),
        validators=[Length(1, 3, _l("Velg ett til tre prinsipper."))],
    )
    goals = NumbersField(
        _l("Bærekraftsmål"),
        choices=choices(*((n, str(n)) for n in range(1, 18))),
        validators=[Optional(), Length(0, 3, _l("Velg høyst tre mål."))],
    )
    place = LineField(_l("Sted"), validators=[Length(max=80)])
    lang = SelectField(
        _l("Språk i teksten"),
        choices=choices(("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")),
    )

    def content(self) -> Content:
        """Return what was written."""
        return Content(
            title=self.title.data,
            body=self.body.data,
            lang=self.lang.data,
            principles=tuple(self.principles.data),
            goals=tuple(self.goals.data or ()),
            place=self.place.data or "",
        )
