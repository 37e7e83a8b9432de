"""What can be set for each kind of voting; the data become the activity's rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from ..core.forms import Form, LineField, ProseField, WholeNumberField, choices
from ..facilitation.play import NOTHING
from ..workshops.models import Activity
from .items import proposing, what_gives

MOST_OPTIONS = 60
OPTION = 200  # characters


class BallotForm(Form):
    """What is voted on, and whether one sees the votes while they come."""

    source = SelectField(
        _l("Hva skal det stemmes over?"), default="", validate_choice=False, choices=[]
    )
    top = WholeNumberField(
        _l("Hvor mange av dem?"),
        description=_l("De best støttede. La feltet stå tomt for alle."),
        validators=[Optional(), NumberRange(2, 60, _l("Skriv et tall mellom 2 og 60."))],
    )
    options = ProseField(
        _l("Eller skriv forslagene selv, ett på hver linje"),
        validators=[Length(max=13_000, message=_l("Det er for mye tekst."))],
    )
    blind = BooleanField(_l("Vis resultatet først når runden er lukket"), default=True)

    asked = _l("Eller skriv forslagene selv, ett på hver linje")
    usual: Activity | None = None  # the step it is about when nothing is chosen or written
    offered: frozenset[str] | None = None  # the steps that may be chosen

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options.label.text = self.asked

    def offer(self, steps: Iterable[Activity]) -> None:
        """Let the planner choose among the earlier steps that something comes out of."""
        steps = list(steps)
        made = [step for step in steps if what_gives(step) != NOTHING]
        self.offered = frozenset(str(step.id) for step in made)
        self.usual = next(iter(proposing(steps)), None)
        self.source.choices = choices(
            ("", self._otherwise()), *((str(step.id), step.title) for step in made)
        )

    def _otherwise(self) -> str:
        if self.usual is None:
            return str(_("Det jeg skriver nedenfor"))
        what = self.usual.title
        return str(
            _("Det jeg skriver nedenfor, ellers det som kommer fram i «%(what)s»", what=what)
        )

    def validate_source(self, field: SelectField) -> None:
        """Refuse a step that nothing comes out of."""
        if field.data and self.offered is not None and field.data not in self.offered:
            raise ValidationError(
                _("Det kommer ingen forslag ut av denne aktiviteten. Velg en annen.")
            )

    @property
    def falls_on(self) -> Activity | None:
        """The step that a vote is about, as nothing was chosen or written where one could."""
        if len(self.offered or ()) < 2:
            return None
        chosen = self.source.data or lines_of(self.options.data)
        return None if chosen else self.usual

    def validate_options(self, field: ProseField) -> None:
        """Ask for something to vote on, in lines that can be shown."""
        lines = lines_of(field.data)
        if len(lines) > MOST_OPTIONS or any(len(line) > OPTION for line in lines):
            raise ValidationError(_("Skriv høyst 60 forslag, hvert på høyst 200 tegn."))
        if self._may_have_one:
            return
        if len(lines) == 1 or not (lines or self._has_other_items()):
            raise ValidationError(_("Velg en aktivitet, eller skriv minst to forslag."))

    @property
    def _may_have_one(self) -> bool:
        return False

    def _has_other_items(self) -> bool:
        return not self.needs_items or bool(self.source.data) or self.usual is not None

    needs_items = True

    @property
    def rules(self) -> dict[str, Any]:
        """Return what was set, as an activity keeps it."""
        kept = {
            name: field.data
            for name, field in self._fields.items()
            if name not in ("key", "csrf_token", "options", "source") and field.data is not None
        }
        number = self.source.data or ""
        source = {"source": int(number)} if number.isdecimal() and len(number) < 10 else {}
        return kept | source | {"options": lines_of(self.options.data)}


class DotsForm(BallotForm):
    """How many dots each has."""

    budget = WholeNumberField(
        _l("Prikker til hver"),
        default=3,
        validators=[Optional(), NumberRange(1, 20, _l("Skriv et tall mellom 1 og 20."))],
    )
    most = WholeNumberField(
        _l("Høyst på samme forslag"),
        description=_l("La feltet stå tomt hvis alle kan settes på ett."),
        validators=[Optional(), NumberRange(1, 20, _l("Skriv et tall mellom 1 og 20."))],
    )


class ApprovalForm(BallotForm):
    """How many one may approve of."""

    budget = WholeNumberField(
        _l("Høyst så mange kan hver godta"),
        description=_l("La feltet stå tomt hvis man kan godta så mange man vil."),
        validators=[Optional(), NumberRange(1, 60, _l("Skriv et tall mellom 1 og 60."))],
    )


class PollForm(BallotForm):
    """Whether one may choose several answers."""

    several = BooleanField(_l("Man kan velge flere svar"), default=False)


class ScoreForm(BallotForm):
    """How high the marks go."""

    high = SelectField(
        _l("Poeng fra 1 til"), default="5", choices=choices(("5", "5"), ("7", "7"), ("10", "10"))
    )


class ScaleForm(ScoreForm):
    """What the ends of a scale are called. Without statements the activity's own title is asked."""

    asked = _l("Eller skriv påstandene selv, én på hver linje")
    needs_items = False

    def _otherwise(self) -> str:
        self.usual = None
        return str(_("Det jeg skriver nedenfor, ellers det som står i overskriften"))

    low_label = LineField(_l("Lavest betyr"), validators=[Length(max=40)])
    high_label = LineField(_l("Høyest betyr"), validators=[Length(max=40)])


class StatementsForm(BallotForm):
    """Whether those who take part add statements, and whether these wait for a word."""

    asked = _l("Eller skriv påstandene selv, én på hver linje")
    adding = BooleanField(_l("Deltakerne kan legge til påstander"), default=False)
    approval = BooleanField(_l("Godkjenn hver påstand før rommet ser den"), default=True)

    @property
    def _may_have_one(self) -> bool:
        return bool(self.adding.data)  # or none: the room begins


class FistForm(Form):
    """Whether one sees the votes while they come."""

    blind = BooleanField(_l("Vis resultatet først når runden er lukket"), default=True)

    @property
    def rules(self) -> dict[str, Any]:
        """Return what was set, as an activity keeps it."""
        return {"blind": self.blind.data}


class PairsForm(BallotForm):
    """How many pairs each is asked about."""

    budget = WholeNumberField(
        _l("Sammenligninger til hver"),
        default=15,
        validators=[Optional(), NumberRange(1, 60, _l("Skriv et tall mellom 1 og 60."))],
    )


class StackForm(Form):
    """How many sheets there are, and what they say."""

    people = WholeNumberField(
        _l("Hvor mange sedler er det?"),
        validators=[
            InputRequired(_l("Skriv hvor mange sedler det er.")),
            NumberRange(1, 500, _l("Skriv et tall fra 1 til 500.")),
        ],
    )
    listed = WholeNumberField(
        _l("Hvor mange av sedlene er fra dem?"),
        validators=[Optional(), NumberRange(0, 500, _l("Skriv et tall fra 0 til 500."))],
    )
    lines = ProseField(
        _l("Tallene, ett forslag på hver linje"),
        validators=[
            InputRequired(_l("Skriv tallene.")),
            Length(max=20_000, message=_l("Det er for mye tekst.")),
        ],
    )


def lines_of(text: str | None) -> list[str]:
    """Return the lines of a text that hold something, each once."""
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))
