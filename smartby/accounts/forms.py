"""The shape of what people type about themselves."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from ..core.forms import Form, LineField, choices
from .addresses import normal
from .models import User
from .passwords import LONGEST, SHORTEST, problem

PROBLEMS = {
    "too_short": _l("Passordet må ha minst %(count)s tegn. Skriv en setning.", count=SHORTEST),
    "too_long": _l("Passordet kan ha høyst %(count)s tegn.", count=LONGEST),
    "personal": _l("Navnet ditt, e-posten din eller «smartby» er med i passordet. Velg andre ord."),
    "common": _l("Dette passordet er blant dem som gjettes først. Velg noen andre ord."),
    "repeated": _l("Passordet gjentar de samme tegnene. Velg noen flere ord."),
    "sequence": _l("Passordet følger tastaturet eller alfabetet. Velg noen ord i stedet."),
}  # fmt: skip
HINT = _l(
    "Minst %(count)s tegn. En kort setning er lett å huske og vanskelig å gjette.", count=SHORTEST
)


class AddressField(EmailField):
    """An e-mail address, kept as typed until it is right, then in its stored form."""

    data: str

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no address."""
        found = normal(self.data)
        if self.data and found is None:
            raise ValidationError(_l("Skriv en e-postadresse, for eksempel kari@eksempel.no."))
        self.data = found or self.data or ""


def _address(label: Any) -> AddressField:
    return AddressField(label, validators=[InputRequired(_l("Skriv e-posten din."))])


def _name() -> LineField:
    return LineField(
        _l("Navn"),
        description=_l("Vises ved det du skriver."),
        validators=[
            InputRequired(_l("Skriv navnet ditt.")),
            Length(2, 80, _l("Navnet må ha mellom 2 og 80 tegn.")),
        ],
    )


def _known_password(label: Any) -> PasswordField:
    # Its length is of no interest here, but nobody's processor is for hashing books.
    missing, long = _l("Skriv passordet ditt."), _l("Passordet er for langt.")
    return PasswordField(label, validators=[InputRequired(missing), Length(max=1000, message=long)])


def _new_password(label: Any) -> PasswordField:
    return PasswordField(
        label,
        description=HINT,
        validators=[InputRequired(_l("Velg et passord."))],
        render_kw={"minlength": SHORTEST},
    )


class PasswordForm(Form):
    """A form with a new password; `person` says whose name and address may not be in it."""

    password = _new_password(_l("Nytt passord"))

    def __init__(self, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.person = person

    def validate_password(self, field: PasswordField) -> None:
        """Say what is wrong with a password that is easily guessed."""
        name, email = self._whose()
        found = problem(field.data or "", name=name, email=email)
        if found:
            raise ValidationError(PROBLEMS[found])

    def _whose(self) -> tuple[str, str]:
        return (self.person.name, self.person.email) if self.person else ("", "")


class SignUpForm(PasswordForm):
    """Name, e-mail and a new password."""

    name = _name()
    email = _address(_l("E-post"))
    password = _new_password(_l("Passord"))

    def _whose(self) -> tuple[str, str]:
        return self.name.data or "", self.email.data or ""


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField(_l("E-post"), validators=[InputRequired(_l("Skriv e-posten din."))])
    password = _known_password(_l("Passord"))


class ForgottenForm(Form):
    """The address to send a link to."""

    email = _address(_l("E-post"))


class ChangePasswordForm(PasswordForm):
    """The password of now and the new one."""

    current = _known_password(_l("Passordet du har nå"))


class ChangeEmailForm(Form):
    """The new address, and the password."""

    email = _address(_l("Ny e-post"))
    current = _known_password(_l("Passordet ditt"))


class ProfileForm(Form):
    """The name shown and the language of pages and mails."""

    name = _name()
    language = SelectField(
        _l("Språk på sider og e-post"),
        choices=choices(("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")),
    )
