"""The shape of a code, of joining, and of coming back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from ..core.forms import Form, LineField, ProseField, WholeNumberField
from .models import NAME, TEAM_SIZE
from .participants import Entrance


class CodeForm(Form):
    """The code of a workshop, as it is typed."""

    code = LineField(
        _l("Koden til verkstedet"),
        description=_l("Seks tegn. Den står på storskjermen."),
        validators=[
            InputRequired(_l("Skriv koden som står på storskjermen.")),
            Length(max=40, message=_l("Koden har seks tegn.")),
        ],
    )


class JoinForm(Form):
    """Who one wants to be in a workshop."""

    name = LineField(
        _l("Hva vil du kalles?"),
        description=_l("Du trenger ikke skrive noe."),
        validators=[Length(max=NAME, message=_l("Navnet kan ha høyst 40 tegn."))],
    )
    heads = WholeNumberField(
        _l("Hvor mange er dere om denne enheten?"),
        default=1,
        validators=[
            Optional(),
            NumberRange(1, TEAM_SIZE, _l("Skriv et tall mellom 1 og 20.")),
        ],
    )
    linked = BooleanField(_l("Koble til brukeren min"))
    consents = BooleanField(_l("Nevn meg på ideer som kommer av det jeg skriver"))
    at_home = BooleanField(_l("Jeg er ikke i rommet, men blir med hjemmefra"))

    @property
    def entrance(self) -> Entrance:
        """What was asked for, as the action takes it."""
        return Entrance(
            name=self.name.data or "",
            linked=self.linked.data,
            consents=self.consents.data,
            at_home=self.at_home.data,
            heads=self.heads.data or 1,
        )


class OpenForm(Form):
    """Whether one means to open the doors now, where that is asked."""

    sure = HiddenField()


class UnveilForm(Form):
    """Which activity's cards or results are shown."""

    activity = WholeNumberField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)])


class ReturnForm(Form):
    """The four words that bring somebody back."""

    words = LineField(
        _l("De fire ordene"),
        validators=[
            InputRequired(_l("Skriv de fire ordene du fikk da du ble med.")),
            Length(max=100, message=_l("Skriv fire ord.")),
        ],
    )


class ProxyForm(Form):
    """Somebody without a phone, whom those who lead write for."""

    name = LineField(
        _l("Hvem skriver du for?"),
        description=_l(
            "For eksempel «Mannen ved vinduet». Bare dere som leder og hjelper, ser det."
        ),
        validators=[
            InputRequired(_l("Skriv noe som skiller dem fra andre.")),
            Length(max=NAME, message=_l("Navnet kan ha høyst 40 tegn.")),
        ],
    )


class PaperForm(Form):
    """Cards that were written on paper, one on each line."""

    lines = ProseField(
        _l("Lappene, én på hver linje"),
        description=_l("Lim inn fra et regneark, eller skriv av."),
        validators=[
            InputRequired(_l("Skriv minst én lapp.")),
            Length(max=60_000, message=_l("Teksten er for lang. Del den i flere.")),
        ],
    )
