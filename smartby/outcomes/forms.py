"""The shape of a harvest: what is chosen, and what each item is published as."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf, Length, Optional

from ..contributions.forms import WritingForm
from ..core.forms import Form, LineField, choices
from ..pipeline.queries import unit_name
from .actions import CHALLENGE, IDEA, Basket, Pick

KEY = re.compile(r"(?:[1-9][0-9]{0,8}/)?[a-z_]{1,20}:[0-9A-Za-z_-]{1,18}")
MOST = 30  # items in one action


class ItemForm(WritingForm):
    """What one item is published as."""

    class Meta(WritingForm.Meta):
        csrf = False  # the whole page has one token

    question = LineField(
        _l("Spørsmålet til innbyggerne"),
        validators=[Length(max=200, message=_l("Spørsmålet kan være på høyst 200 tegn."))],
    )


class BasketForm(Form):
    """What all items are published as, and for challenges whose they are."""

    kind = HiddenField(default=IDEA, validators=[AnyOf((IDEA, CHALLENGE))])
    unit = SelectField(_l("Enheten som eier utfordringen"), default="", validators=[Optional()])

    def offer(self, units: Iterable[Any]) -> None:
        """Let the staff choose among the town's units."""
        nobody = ("", _("Ingen enhet"))
        self.unit.choices = choices(nobody, *((str(u.id), unit_name(u)) for u in units))

    def basket(self, picks: Iterable[Pick]) -> Basket:
        """Return what was asked for."""
        unit = self.unit.data
        return Basket(
            kind=self.kind.data or IDEA,
            picks=tuple(picks),
            unit_id=int(unit) if unit and self.kind.data == CHALLENGE else None,
        )


def read_keys(sent: Iterable[str]) -> list[str]:
    """Read what was picked, each once, as many as one may publish together; skip what is none."""
    return [each for each in dict.fromkeys(sent) if KEY.fullmatch(each)][:MOST]
