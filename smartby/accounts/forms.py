"""The shape of what people type about themselves."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from ..core.forms import Form


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField(_l("E-post"), validators=[InputRequired(_l("Skriv e-posten din."))])
    password = PasswordField(
        _l("Passord"), validators=[InputRequired(_l("Skriv passordet ditt.")), Length(max=256)]
    )
