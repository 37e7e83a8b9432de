"""The shape of a workshop's plan and of the steps in its programme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from ..accounts.forms import AddressField
from ..contributions.forms import ReasonForm, SeenForm
from ..core.clock import from_oslo, now, oslo
from ..core.forms import (
    DayField,
    Form,
    HourField,
    LineField,
    NumbersField,
    ProseField,
    WholeNumberField,
    WordsField,
    choices,
)
from ..core.links import is_safe_link
from .actions import Plan
from .kinds import kinds
from .models import ANYONE, HELPER, ONLINE, PLACE, PSEUDONYMOUS, Workshop
from .terms import ANONYMITY, JOINING, LANGUAGES, LEAD_ROLES, MEETS, online_in

NUMBER = re.compile("[1-9][0-9]{0,8}")


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
    until = HourField(_l("Må være slutt"), day="day", validators=[Optional()])
    meets = RadioField(_l("Hvor møtes dere?"), default=PLACE, choices=choices(*MEETS.items()))
    place = LineField(
        _l("Sted"),
        description=_l("For eksempel «Kulturhuset, store sal»."),
        validators=[Length(max=120, message=_l("Stedet kan ha høyst 120 tegn."))],
    )
    video = LineField(
        _l("Lenke til videomøtet"),
        description=_l(
            "For verksteder på nett. De som har plass, får den på e-post, og den står ved døra."
        ),
        validators=[Length(max=500, message=_l("Lenken kan ha høyst 500 tegn."))],
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
    principles = NumbersField(
        _l("Prinsippene det handler om"),
        choices=choices(*((n, str(n)) for n in range(1, 9))),
        validators=[Optional(), Length(0, 3, _l("Velg høyst tre prinsipper."))],
    )
    lang = SelectField(_l("Språket i teksten"), default="nb", choices=choices(*LANGUAGES))
    languages = WordsField(
        _l("Språk i verkstedet"),
        description=_l("Språkene der noen kan ta imot og svare."),
        choices=choices(*LANGUAGES),
        validators=[Optional()],
    )
    joining = RadioField(
        _l("Hvem kan være med?"), default=ANYONE, choices=choices(*JOINING.items())
    )
    anonymity = RadioField(
        _l("Hvem får vite hvem som skrev hva?"),
        default=PSEUDONYMOUS,
        choices=choices(*ANONYMITY.items()),
    )

    def validate_place(self, field: LineField) -> None:
        """Ask for a place where people meet in one."""
        if not field.data and self.meets.data != ONLINE:
            raise ValidationError(_("Skriv hvor det er."))

    def validate_video(self, field: LineField) -> None:
        """Take only an address that browsers reach safely, and that shows where it leads."""
        if field.data and not is_safe_link(field.data):
            raise ValidationError(_("Lim inn hele lenken. Den begynner med «https://»."))

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
        self.until.data = oslo(workshop.ends_by).time() if workshop.ends_by else None
        self.principles.data = workshop.principles
        self.languages.data = workshop.languages.split(",")
        self.challenge.data = str(workshop.challenge_id or "")

    def plan(self) -> Plan:
        """Return the plan; the time on an Oslo clock becomes a moment."""
        fed, lang = self.challenge.data, self.lang.data
        online = online_in(lang) if self.meets.data == ONLINE else ""
        return Plan(
            title=self.title.data or "",
            purpose=self.purpose.data or "",
            place=self.place.data or online,
            starts_at=from_oslo(datetime.combine(self.day.data, self.time.data)),
            lang=lang,
            seats=self.seats.data,
            challenge_id=None if not fed else int(fed) if NUMBER.fullmatch(fed) else 0,
            meets=self.meets.data,
            video=self.video.data or "",
            ends_by=self._ends_by(),
            languages=tuple(self.languages.data or (lang,)),
            principles=tuple(self.principles.data or ()),
            joining=self.joining.data,
            anonymity=self.anonymity.data,
        )

    def _ends_by(self) -> datetime | None:
        if self.until.data is None:
            return None
        # An hour before the beginning is meant as one after midnight.
        later = timedelta(days=1 if self.until.data <= self.time.data else 0)
        return from_oslo(datetime.combine(self.day.data + later, self.until.data))


class PlanEditForm(PlanForm, SeenForm):
    """A plan that is changed, and the version that was seen."""


class MinutesForm(Form):
    """How long a step takes."""

    minutes = WholeNumberField(
        _l("Minutter"),
        default=10,
        validators=[
            InputRequired(_l("Skriv hvor mange minutter det tar.")),
            NumberRange(1, 240, _l("Skriv et tall mellom 1 og 240.")),
        ],
    )


class StepForm(MinutesForm):
    """A step of a programme."""

    kind = SelectField(_l("Slags"))
    title = LineField(
        _l("Hva skjer, eller hva spør dere om?"),
        validators=[
            InputRequired(_l("Skriv hva som skjer, for eksempel «Velkommen».")),
            Length(max=200, message=_l("Teksten kan ha høyst 200 tegn.")),
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
            "title": self.title.data or "",
            "minutes": self.minutes.data,
        }


class PlaceForm(Form):
    """Where in the programme a step shall stand, counted from 1."""

    place = WholeNumberField(validators=[InputRequired(), NumberRange(0, 1000)])


class MethodForm(Form):
    """Which method's steps the programme gets."""

    method = HiddenField()


class SignUpForm(Form):
    """Whether somebody wants to come."""

    wanted = HiddenField()


class CancelForm(ReasonForm):
    """Why a workshop does not take place."""


class LeadForm(Form):
    """Who of the town's people stands beside the leader, and as what."""

    user = SelectField(
        _l("Hvem?"), coerce=int, validators=[InputRequired(_l("Velg en som er i kommunen."))]
    )
    role = RadioField(_l("Rolle"), default=HELPER, choices=choices(*LEAD_ROLES.items()))

    def offer(self, people: Iterable[Any]) -> None:
        """Let one choose among the town's people."""
        self.user.choices = choices(*((person.id, person.name) for person in people))


class LeaderForm(Form):
    """Who shall lead instead."""

    leader = SelectField(_l("Ny leder"), coerce=int)

    def offer(self, people: Iterable[Any]) -> None:
        """Let one choose among the town's people."""
        self.leader.choices = choices(*((person.id, person.name) for person in people))


class HelperForm(Form):
    """The address of somebody who is asked to help."""

    email = AddressField(
        _l("E-post"),
        validators=[
            InputRequired(_l("Skriv e-postadressen til den som skal hjelpe.")),
            Length(max=254),
        ],
    )


class AnswerForm(Form):
    """Whether somebody who was asked will help."""

    wanted = HiddenField()
