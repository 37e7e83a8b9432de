"""The shape of settings, units, roles and invitations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ColorField, EmailField, SelectField, TelField
from wtforms.validators import (
    Email,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from ..core.formatting import number
from ..core.forms import Form, LineField, ProseField, WholeNumberField, choices
from ..core.fragments import language
from .actions import Settings, UnitNames
from .invitations import Post
from .models import Unit
from .roles import role_name
from .theme import HEX, contrast, too_light

GIVEN_ROLES = ("facilitator", "moderator", "administrator")
ADDRESS = _l("Skriv en e-postadresse, for eksempel post@kommunen.no.")


def _readable(form: Form, field: ColorField) -> None:
    """Refuse a colour that white text cannot be read on, and say by how much."""
    if not HEX.fullmatch(field.data or ""):
        raise ValidationError(_("Skriv fargen som # og seks tegn, for eksempel #1F5C4A."))
    if too_light(field.data):
        shown = number(round(contrast(field.data, "#ffffff"), 1), language())
        raise ValidationError(
            _(
                "Fargen er for lys. Kontrasten mot hvitt er %(contrast)s til 1, og den må være "
                "minst 4,5 til 1 for at alle skal kunne lese. Velg en mørkere farge.",
                contrast=shown,
            )
        )


def _web_address(form: Form, field: LineField) -> None:
    parts = urlsplit(field.data)
    if parts.scheme != "https" or "." not in (parts.hostname or ""):
        raise ValidationError(_("Skriv hele adressen. Den begynner med https://."))


class SettingsForm(Form):
    """How a town looks, where it can be reached, and what it says on its front page."""

    seen = WholeNumberField(validators=[InputRequired(), NumberRange(0, 2**31 - 1)])
    primary_colour = ColorField(_l("Hovedfarge"), validators=[_readable])
    deep_colour = ColorField(_l("Dyp farge"), validators=[_readable])
    written_language = SelectField(
        _l("Målform"),
        choices=choices(
            ("nb", _l("Bokmål")), ("nn", _l("Nynorsk")), ("neutral", _l("Nøytral (bokmål vises)"))
        ),
    )
    phone = TelField(
        _l("Telefon"),
        validators=[
            Optional(),
            Regexp(r"\+?[0-9 ]{3,20}$", message=_l("Skriv telefonnummeret med tall.")),
            Length(max=20),
        ],
    )
    email = EmailField(_l("E-post"), validators=[Optional(), Length(max=254), Email(ADDRESS)])
    accessibility_statement_url = LineField(
        _l("Adresse til tilgjengelighetserklæringen"),
        validators=[Optional(), Length(max=300), _web_address],
    )
    welcome_nb = ProseField(_l("Velkomst på bokmål"), validators=[Length(max=400)])
    welcome_nn = ProseField(_l("Velkomst på nynorsk"), validators=[Length(max=400)])
    welcome_en = ProseField(_l("Velkomst på engelsk"), validators=[Length(max=400)])

    def settings(self) -> Settings:
        """Return what was chosen."""
        left_out = ("seen", "key", "csrf_token")
        values = {n: v or "" for n, v in self.data.items() if n not in left_out}
        for colour in ("primary_colour", "deep_colour"):
            values[colour] = values[colour].upper()
        return Settings(**values)


class UnitForm(Form):
    """A unit's names; bokmål stands in where another language is left empty."""

    name_nb = LineField(
        _l("Navn på bokmål"),
        validators=[InputRequired(_l("Skriv hva enheten heter.")), Length(2, 80)],
    )
    name_nn = LineField(_l("Navn på nynorsk"), validators=[Length(max=80)])
    name_en = LineField(_l("Navn på engelsk"), validators=[Length(max=80)])

    def names(self) -> UnitNames:
        """Return the names."""
        first = self.name_nb.data
        return UnitNames(first, self.name_nn.data or first, self.name_en.data or first)


class ArchiveForm(Form):
    """Out of use, or back into it."""

    archived = SelectField(choices=choices(("yes", "yes"), ("no", "no")))


class OfficeForm(Form):
    """The title and unit that a role is shown with."""

    title = LineField(_l("Tittel"), validators=[Length(max=80)])
    unit_id = SelectField(_l("Enhet"), coerce=int, default=0)

    def __init__(self, *args: Any, units: Iterable[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(unit.id, unit.name_in(language())) for unit in units]
        self.unit_id.choices = choices((0, _("Ingen enhet")), *named)

    @property
    def unit(self) -> int | None:
        """The chosen unit's id, or None."""
        return self.unit_id.data or None


class InvitationForm(OfficeForm):
    """Who is invited, to what."""

    email = EmailField(
        _l("E-post"),
        validators=[
            InputRequired(_l("Skriv hvem du vil invitere.")),
            Length(max=254),
            Email(ADDRESS),
        ],
    )
    role = SelectField(_l("Rolle"), default="moderator")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ((role, role_name(role).capitalize()) for role in GIVEN_ROLES)
        self.role.choices = choices(*names)

    def post(self) -> Post:
        """Return what was filled in."""
        return Post(self.email.data.lower(), self.role.data, self.title.data, self.unit)


class OpenTownForm(Form):
    """Which municipality is opened, and where."""

    number = LineField(validators=[InputRequired(), Length(2, 4)])
    slug = LineField(
        _l("Adresse"),
        validators=[
            Optional(),
            Regexp(r"[a-z0-9-]{2,40}$", message=_l("Bruk a–z, tall og bindestrek.")),
        ],
    )
    code = LineField(
        _l("Kode"),
        validators=[
            Optional(),
            Regexp(r"[A-Za-z]{3}$", message=_l("Koden må være tre bokstaver.")),
        ],
    )
    written_language = SelectField(
        _l("Målform"),
        choices=choices(("nb", _l("Bokmål")), ("nn", _l("Nynorsk")), ("neutral", _l("Nøytral"))),
    )


class ClosingForm(Form):
    """Closed, or open again."""

    closed = SelectField(choices=choices(("yes", "yes"), ("no", "no")))


class FirstAdministratorForm(Form):
    """Who is to run a town first."""

    email = EmailField(
        _l("E-post"),
        validators=[
            InputRequired(_l("Skriv hvem du vil invitere.")),
            Length(max=254),
            Email(ADDRESS),
        ],
    )
