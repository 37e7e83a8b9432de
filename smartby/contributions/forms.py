"""The shape of what ideas and challenges share, of a reason, and of what one presses."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from ..core.forms import Form, LineField, NumbersField, ProseField, WholeNumberField, choices
from ..core.numbers import LARGEST
from .actions import Content
from .similar_queries import Written

LONGEST_REASON = 1000


class WritingForm(Form):
    """A title, a text, principles; goals and place when wanted."""

    title = LineField(
        _l("Hva er ideen?"),
        description=_l("Én setning. Begynn gjerne med stedet eller tingen."),
        validators=[
            InputRequired(_l("Skriv hva ideen er, for eksempel «Lys på gangveien».")),
            Length(10, 120, _l("Tittelen må ha mellom 10 og 120 tegn.")),
        ],
    )
    body = ProseField(
        _l("Hvorfor, og for hvem?"),
        description=_l("Fortell hva som er vanskelig i dag, og hva som blir bedre."),
        validators=[
            InputRequired(_l("Skriv noen setninger om ideen.")),
            Length(max=5000, message=_l("Teksten kan være på høyst 5 000 tegn.")),
        ],
    )
    principles = NumbersField(
        _l("Hvilke prinsipper handler den om?"),
        choices=choices(*((n, str(n)) for n in range(1, 9))),
        validators=[Length(1, 3, _l("Velg ett til tre prinsipper."))],
    )
    goals = NumbersField(
        _l("Bærekraftsmål"),
        choices=choices(*((n, str(n)) for n in range(1, 18))),
        validators=[Optional(), Length(0, 3, _l("Velg høyst tre mål."))],
    )
    place = LineField(
        _l("Adresse eller stedsnavn"),
        validators=[Length(max=80, message=_l("Stedet kan være på høyst 80 tegn."))],
    )
    lang = SelectField(
        _l("Språk i teksten"),
        choices=choices(("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")),
        default="nb",
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

    @property
    def written(self) -> str:
        """The language of the text, also when something else was sent as one."""
        return self.lang.data if self.lang.data in ("nb", "nn", "en") else "nb"

    @property
    def begun(self) -> Written:
        """What is written so far, at most as much as may be published: more is not looked at."""
        title, body = self.title.data or "", self.body.data or ""
        return Written(title[:120], body[:5_000], self.written)


class SeenForm(Form):
    """The version that somebody saw when they began to change it."""

    seen = WholeNumberField(validators=[InputRequired(), NumberRange(1, LARGEST)])


class ReasonForm(Form):
    """Why something is withdrawn, hidden or shown again, in public."""

    reason = ProseField(
        _l("Offentlig begrunnelse"),
        validators=[
            InputRequired(_l("Skriv en begrunnelse. Alle kan lese den.")),
            Length(5, LONGEST_REASON, _l("Begrunnelsen må ha mellom 5 og 1 000 tegn.")),
        ],
    )
    # What is wanted, never a flip: two who press at once must not undo each other.
    wanted = HiddenField(default="")
