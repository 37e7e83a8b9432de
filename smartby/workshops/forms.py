"""The shape of a workshop's plan and of the steps in its programme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from ..contributions.forms import ReasonForm, SeenForm
from ..core.clock import from_oslo, now, oslo
from ..core.forms import DayField, Form, HourField, LineField, ProseField, WholeNumberField, choices
from .actions import Plan
from .kinds import kinds
from .models import Workshop

NUMBER = re.compile("[1-9][0-9]{0,8}")
LANGUAGES = (("nb", "bokmål"), ("nn", "nynorsk"), ("en", "English"))


class PlanForm(Form):
    """What a workshop is about, where and when it is, and for how many."""

    title = LineField(
        _l("Hva heter verkstedet?"),
        validators=[
            InputRequired(_l("Gi verkstedet et navn, for eksempel «Hva skal torget bli?».")),
            Length(5, 120, _l("Navnet må ha mellom 5 og 120 tegn.")),
        ],
    )
    purpose = ProseField(
        _l("Hva skal dere komme fram til?"),
        description=_l("Fortell hvem som er velkommen, og hva resultatet blir brukt til."),
        validators=[
            InputRequired(_l("Skriv noen setninger om hva verkstedet skal føre til.")),
            Length(max=2000, message=_l("Teksten kan ha høyst 2 000 tegn.")),
        ],
    )
    day = DayField(_l("Dag"), validators=[InputRequired(_l("Velg en dag."))])
    time = HourField(
        _l("Klokka"), day="day", validators=[InputRequired(_l("Skriv når det begynner."))]
    )
    place = LineField(
        _l("Sted"),
        description=_l("For eksempel «Kulturhuset, store sal». Skriv «På nett» hvis ingen møtes."),
        validators=[
            InputRequired(_l("Skriv hvor det er.")),
            Length(max=120, message=_l("Stedet kan ha høyst 120 tegn.")),
        ],
    )
    seats = WholeNumberField(
        _l("Antall plasser"),
        description=_l("La feltet stå tomt hvis alle som vil, kan komme."),
        validators=[
            Optional(),
            NumberRange(1, 2500, _l("Skriv et tall mellom 1 og 2 500, eller la feltet stå tomt.")),
        ],
    )
    challenge = SelectField(
        _l("Utfordringen det skal finnes ideer til"),
        default="",
        validators=[Optional()],
        validate_choice=False,  # the action does
    )
    lang = SelectField(_l("Språket i teksten"), default="nb", choices=choices(*LANGUAGES))

    stood: datetime | None = None  # when it was to be until now

    def validate_time(self, field: HourField) -> None:
        """Refuse a moment that has passed, unless it is the one that stands."""
        if self.day.data is None or self.day.errors or field.data is None:
            return
        moment = from_oslo(datetime.combine(self.day.data, field.data))
        if moment != self.stood and moment <= now():
            raise ValidationError(_("Tidspunktet er allerede passert. Velg et senere."))

    def offer(self, challenges: Iterable[Any]) -> None:
        """Let the planner choose among the town's challenges."""
        none = ("", _("Ingen bestemt utfordring"))
        self.challenge.choices = choices(none, *((str(row.id), row.name) for row in challenges))

    def show(self, workshop: Workshop) -> None:
        """Show a workshop's time on an Oslo clock, and the challenge it feeds."""
        local = oslo(workshop.starts_at)
        self.day.data, self.time.data = local.date(), local.time()
        self.challenge.data = str(workshop.challenge_id or "")

    def plan(self) -> Plan:
        """Return the plan; the time on an Oslo clock becomes a moment."""
        fed = self.challenge.data
        return Plan(
            title=self.title.data or "",
            purpose=self.purpose.data or "",
            place=self.place.data or "",
            starts_at=from_oslo(datetime.combine(self.day.data, self.time.data)),
            lang=self.lang.data,
            seats=self.seats.data,
            challenge_id=None if not fed else int(fed) if NUMBER.fullmatch(fed) else 0,
        )


class PlanEditForm(PlanForm, SeenForm):
    """A plan that is changed, and the version that was seen."""


class StepForm(Form):
    """A step of a programme."""

    kind = SelectField(_l("Slags"))
    title = LineField(
        _l("Hva skjer, eller hva spør dere om?"),
        validators=[
            InputRequired(_l("Skriv hva som skjer, for eksempel «Velkommen».")),
            Length(max=200, message=_l("Teksten kan ha høyst 200 tegn.")),
        ],
    )
    minutes = WholeNumberField(
        _l("Minutter"),
        default=10,
        validators=[
            InputRequired(_l("Skriv hvor mange minutter det tar.")),
            NumberRange(1, 240, _l("Skriv et tall mellom 1 og 240.")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(*((kind.key, kind.name) for kind in kinds()))

    @property
    def step(self) -> dict[str, Any]:
        """What was asked for, as an action takes it."""
        return {
            "kind": self.kind.data,
            "title": self.title.data,
            "minutes": self.minutes.data,
        }


class PlaceForm(Form):
    """Where in the programme a step shall stand, counted from 1."""

    place = WholeNumberField(validators=[InputRequired(), NumberRange(0, 1000)])


class SignUpForm(Form):
    """Whether somebody wants to come."""

    wanted = HiddenField()


class CancelForm(ReasonForm):
    """Why a workshop does not take place."""
