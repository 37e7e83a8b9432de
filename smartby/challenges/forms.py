"""The shape of a challenge: a problem; from the staff a call with owner and deadline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from ..contributions.forms import SeenForm, WritingForm
from ..core.clock import end_of_day_oslo, from_oslo, now, oslo
from ..core.forms import DayField, HourField, LineField, ProseField, choices
from ..municipalities.models import Unit
from ..pipeline.queries import unit_name
from .actions import Call
from .models import Challenge

ENDS = ("opens", "closes")


class ChallengeForm(WritingForm):
    """A problem or a call."""

    title = LineField(
        _l("Hva er utfordringen?"),
        description=_l("Én setning om det som er vanskelig."),
        validators=[
            InputRequired(_l("Skriv hva utfordringen er, for eksempel «For få sykler til jobb».")),
            Length(10, 120, _l("Tittelen må ha mellom 10 og 120 tegn.")),
        ],
    )
    body = ProseField(
        _l("Hvem gjelder det, og hvorfor er det viktig?"),
        description=_l("Fortell hva dere vet i dag. Ideene kommer fra de andre."),
        validators=[
            InputRequired(_l("Skriv noen setninger om utfordringen.")),
            Length(max=5000, message=_l("Teksten kan være på høyst 5 000 tegn.")),
        ],
    )
    question = LineField(
        _l("Spørsmålet til innbyggerne"),
        description=_l("Ett spørsmål som ideene skal svare på."),
        validators=[Length(max=200, message=_l("Spørsmålet kan være på høyst 200 tegn."))],
    )
    unit = SelectField(_l("Enheten som eier utfordringen"), default="", validators=[Optional()])
    opens_on = DayField(_l("Åpner"), validators=[Optional()])
    opens_time = HourField(_l("Åpner klokka"), day="opens_on", validators=[Optional()])
    closes_on = DayField(_l("Siste dag"), validators=[Optional()])
    closes_time = HourField(_l("Stenger klokka"), day="closes_on", validators=[Optional()])
    saved_at = HiddenField(default="")

    def offer(self, units: Iterable[Unit]) -> None:
        """Let the staff choose among the town's units."""
        nobody = ("", _("Ingen enhet"))
        self.unit.choices = choices(nobody, *((str(u.id), unit_name(u)) for u in units))

    def show_call(self, challenge: Challenge) -> None:
        """Show a challenge's owner and times on an Oslo clock."""
        self.unit.data = str(challenge.unit_id or "")
        for name, moment in zip(ENDS, (challenge.opens_at, challenge.closes_at), strict=True):
            if moment is not None:
                local = oslo(moment)
                self[f"{name}_on"].data, self[f"{name}_time"].data = local.date(), local.time()

    def call(self) -> Call:
        """Return what makes it a call; Oslo wall-clock times become moments."""
        unit, (opens_at, closes_at) = self.unit.data, self._times()
        return Call(
            question=self.question.data or "",
            unit_id=int(unit) if unit else None,
            opens_at=opens_at,
            closes_at=closes_at,
        )

    def times_fit(self, *, new: bool) -> bool:
        """Tell whether it closes after it opens (and, when new, in the future); else say so."""
        if any(self[f"{end}_{part}"].errors for end in ENDS for part in ("on", "time")):
            return False  # what cannot be read is told already
        opens_at, closes_at = self._times()
        if closes_at is None:
            return True
        said = ""
        if opens_at is not None and closes_at <= opens_at:
            said = _("Siste dag må komme etter dagen den åpner.")
        elif new and closes_at <= now():
            said = _("Siste dag er allerede over. Velg en senere dag.")
        if said:
            self.closes_on.errors = [said]
        return not said

    def _times(self) -> tuple[datetime | None, datetime | None]:
        opens_at = _opening(self.opens_on.data, self.opens_time.data)
        return opens_at, _deadline(self.closes_on.data, self.closes_time.data)


class ChallengeEditForm(ChallengeForm, SeenForm):
    """A challenge that is changed, and the version that was seen."""


def _opening(day: date | None, hour: time | None) -> datetime | None:
    return None if day is None else from_oslo(datetime.combine(day, hour or time(0, 0)))


def _deadline(day: date | None, hour: time | None) -> datetime | None:
    if day is None:
        return None
    return end_of_day_oslo(day) if hour is None else from_oslo(datetime.combine(day, hour))
