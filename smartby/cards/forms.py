"""The shape of what is set when tables with rounds are planned."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from ..core.forms import Form, ProseField, WholeNumberField, choices
from .columns import lines_of
from .tables import MOST_TOPICS, PEOPLE, SHEETS, TOPIC


class TablesRules(Form):
    """What goes round, how many sit together, and how often it goes round."""

    way = SelectField(
        _l("Hva går rundt?"), default=SHEETS,
        choices=choices(
            (SHEETS, _l("Arkene: hver skriver tre ideer, og sender arket videre (6-3-5)")),
            (PEOPLE, _l("Folk: de går fra bord til bord, og en vert blir sittende (kafé)")),
        ),
    )  # fmt: skip
    size = WholeNumberField(
        _l("Hvor mange ved hvert bord?"), default=6,
        validators=[Optional(), NumberRange(2, 12, _l("Skriv et tall fra 2 til 12."))],
    )  # fmt: skip
    rounds = WholeNumberField(
        _l("Hvor mange runder?"),
        description=_l("La feltet stå tomt: så mange som ved bordet for ark, tre for kafé."),
        validators=[Optional(), NumberRange(1, 12, _l("Skriv et tall fra 1 til 12."))],
    )
    topics = ProseField(
        _l("Tema ved bordene"),
        description=_l(
            "Ett på hver linje: det første er for bord 1. Er det flere bord enn tema, begynner de "
            "på nytt. La feltet stå tomt hvis alle bord har samme tema."
        ),
        validators=[Length(max=MOST_TOPICS * TOPIC, message=_l("Skriv kortere tema."))],
    )
    locks = BooleanField(_l("Lås når runden er ute"))

    def validate_topics(self, field: ProseField) -> None:
        """Accept so many topics that there may be tables for, each short enough for a board."""
        lines = lines_of(field.data or "")
        if len(lines) > MOST_TOPICS or any(len(line) > TOPIC for line in lines):
            raise ValidationError(_("Skriv høyst 30 tema, hvert på høyst 120 tegn."))
