"""The shape of moves, answers and changes to the pipeline."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ColorField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from ..config import LANGUAGES
from ..core.forms import Form, LineField, ProseField, choices
from ..municipalities.models import Unit
from ..municipalities.theme import HEX, too_light
from .models import Stage
from .queries import unit_name
from .settings import StageValues, Ways

LARGEST = 2**31
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def whole(value: Any) -> int | None:
    """Read a whole number above zero; None for anything else."""
    text = str(value or "").strip()
    if not text.isascii() or not text.isdecimal() or len(text) > 10:
        return None
    return int(text) if 0 < int(text) < LARGEST else None


class MoveForm(Form):
    """Where to, from where one saw it, and why."""

    to = HiddenField(filters=[whole])
    seen = HiddenField(filters=[whole])
    next = HiddenField()
    reason = ProseField(
        _l("Begrunnelse"),
        description=_l("Alle kan lese den, på tidslinjen og i protokollen."),
        validators=[Length(max=2000, message=_l("Begrunnelsen kan ha 2 000 tegn."))],
    )

    def validate_to(self, field: HiddenField) -> None:
        """Ask for a choice in our own words."""
        if field.data is None:
            raise ValidationError(_("Velg hvor kortet skal."))

    def validate_seen(self, field: HiddenField) -> None:
        """Refuse a form that does not say where the card stood."""
        if field.data is None:
            raise ValidationError(_("Skjemaet er ugyldig. Last siden på nytt."))


class OwnerForm(Form):
    """Who looks after a contribution: somebody of the staff, "me", or nobody."""

    owner = SelectField(_l("Eier"), validate_choice=False)
    seen = HiddenField()
    next = HiddenField()

    def offer(self, staff: list[tuple[int, str]]) -> OwnerForm:
        """Offer the town's staff, and nobody."""
        people = ((str(number), name) for number, name in staff)
        self.owner.choices = choices(("", _("Ingen")), *people)
        return self

    def wanted(self, me: int) -> int | None:
        """Return whom the form asks for."""
        return me if self.owner.data == "me" else whole(self.owner.data)

    def validate_owner(self, field: SelectField) -> None:
        """Refuse what is neither nobody nor a number."""
        if field.data not in ("", "me") and whole(field.data) is None:
            raise ValidationError(_("Velg hvem som skal eie kortet."))


class AnswerForm(Form):
    """Which unit answers, in which language, and what."""

    unit = SelectField(_l("Svar fra"), coerce=int, validate_choice=False)
    lang = SelectField(_l("Språk"), choices=choices(*LANGUAGE_NAMES.items()))
    body = ProseField(
        _l("Svaret"),
        description=_l("Det kan ikke endres etterpå. Du kan gi et nytt svar, som legges over."),
        validators=[
            InputRequired(_l("Skriv et svar.")),
            Length(20, 8000, _l("Svaret må ha mellom 20 og 8 000 tegn.")),
        ],
    )

    def offer(self, units: list[Unit]) -> AnswerForm:
        """Offer the town's units."""
        self.unit.choices = choices(*((unit.id, unit_name(unit)) for unit in units))
        return self

    def validate_lang(self, field: SelectField) -> None:
        """Accept the languages that the pages have."""
        if field.data not in LANGUAGES:
            raise ValidationError(_("Velg et språk."))


class StageForm(Form):
    """A stage as an administrator describes it."""

    name_nb = LineField(_l("Navn på bokmål"), validators=[InputRequired(_l("Skriv et navn."))])
    name_nn = LineField(_l("Navn på nynorsk"), validators=[InputRequired(_l("Skriv et navn."))])
    name_en = LineField(_l("Navn på engelsk"), validators=[InputRequired(_l("Skriv et navn."))])
    kind = SelectField(
        _l("Slags steg"),
        choices=choices(
            ("open", _l("Åpent: her begynner det")),
            ("work", _l("Arbeid: noe blir gjort med det")),
            ("won", _l("I mål: det er tatt i bruk")),
            ("parked", _l("På vent")),
            ("lost", _l("Avsluttet uten å bli noe av")),
        ),
    )
    colour = ColorField(_l("Farge"), default="#1F5C4A")
    target_days = LineField(
        _l("Mål i dager"), description=_l("Så lenge bør noe høyst stå her. Tomt: ingen frist.")
    )
    advised_most = LineField(
        _l("Helst ikke flere enn"), description=_l("Tavla sier fra når det er flere.")
    )
    allows_edit = BooleanField(_l("Den som skrev ideen, kan endre teksten"))
    allows_support = BooleanField(_l("Alle kan støtte"))
    allows_comment = BooleanField(_l("Alle kan kommentere"))

    def values(self) -> StageValues:
        """Return what was written as values for the action."""
        return StageValues(
            names=(self.name_nb.data, self.name_nn.data, self.name_en.data),
            kind=self.kind.data,
            colour=self.colour.data.upper(),
            target_days=whole(self.target_days.data),
            advised_most=whole(self.advised_most.data),
            allows=frozenset(
                what for what in ("edit", "support", "comment") if self[f"allows_{what}"].data
            ),
        )

    def validate_name_nb(self, field: LineField) -> None:
        """Keep names short enough for a column's head."""
        _short(field)

    validate_name_nn = validate_name_en = validate_name_nb

    def validate_colour(self, field: ColorField) -> None:
        """Refuse a colour that cannot be seen on white."""
        if not HEX.fullmatch(field.data or ""):
            raise ValidationError(_("Skriv fargen som # og seks tegn, for eksempel #1F5C4A."))
        if too_light(field.data):
            raise ValidationError(_("Fargen er for lys. Velg en mørkere."))

    def validate_target_days(self, field: LineField) -> None:
        """Accept nothing, or a number of days up to ten years."""
        _number(field, 3650)

    def validate_advised_most(self, field: LineField) -> None:
        """Accept nothing, or a number."""
        _number(field, 9999)


class NewStageForm(StageForm):
    """A new stage, and the ways that lead into it and out of it."""

    source = SelectField(
        _l("Kommer fra"),
        coerce=whole,
        description=_l("Kort kan flyttes herfra til det nye steget, som får plass rett etter."),
    )
    target = SelectField(_l("Går videre til"), coerce=whole)

    def offer(self, stages: list[Stage]) -> NewStageForm:
        """Offer the town's stages, and no stage."""
        for field in (self.source, self.target):
            named = ((stage.id, stage.name) for stage in stages)
            field.choices = choices(("", _("Ingen vei ennå")), *named)
        return self

    def ways(self) -> Ways:
        """Return the ways that were chosen."""
        return Ways(self.source.data, self.target.data)


class MoveRuleForm(Form):
    """A way from one stage to another: who may take it, and whether it must be explained."""

    source = SelectField(_l("Fra"), coerce=int)
    target = SelectField(_l("Til"), coerce=int)
    role = SelectField(
        _l("Hvem kan flytte"),
        choices=choices(
            ("moderator", _l("Moderatorer og administratorer")),
            ("administrator", _l("Bare administratorer")),
        ),
    )
    reason = BooleanField(_l("Krever offentlig begrunnelse"))

    def offer(self, stages: list[Stage]) -> MoveRuleForm:
        """Offer the town's stages."""
        for field in (self.source, self.target):
            field.choices = choices(*((stage.id, stage.name) for stage in stages))
        return self


def _short(field: LineField) -> None:
    if len(field.data or "") > 40:
        raise ValidationError(_("Navnet kan ha 40 tegn."))


def _number(field: LineField, most: int) -> None:
    if field.data and (whole(field.data) or most + 1) > most:
        raise ValidationError(_("Skriv et helt tall mellom 1 og %(most)s.", most=most))
