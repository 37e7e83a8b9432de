"""A scale: where does everybody stand between two ends?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..ballots.forms import ScaleForm
from ..ballots.items import Option, Row, items_for
from ..ballots.models import Round
from ..facilitation.play import ITEMS
from ..workshops.models import Activity
from .score import Score


class Scale(Score, key="scale"):
    """The activity's own question, or several statements, on a scale whose ends have names."""

    name = _l("Skala")
    purpose = _l("Alle sier hvor de står mellom to ytterpunkter.")
    icon = "scale"
    minutes = 3
    order = 34
    rules_form: ClassVar[type[Any] | None] = ScaleForm
    unit = _l("i snitt")
    gives = ITEMS

    def items(self, activity: Activity) -> list[Row]:
        """Return what was chosen or typed; without any, what the activity itself asks."""
        chosen = activity.rules.get("source") or activity.rules.get("options")
        return (items_for(activity) if chosen else []) or [["question:1", activity.title]]

    def on_wall(self, round_: Round, options: Mapping[str, Option]) -> list[Option]:
        """Return the statements; of the activity's own question what the ends mean."""
        if list(options) != ["question:1"]:
            return super().on_wall(round_, options)
        return [Option(f"{mark}: {words}") for mark, words in self._ends(round_)]

    def _ends(self, round_: Round) -> list[tuple[int, str]]:
        rules = round_.activity.rules
        return [
            (round_.least, str(rules.get("low_label") or _("Lavest"))),
            (round_.most, str(rules.get("high_label") or _("Høyest"))),
        ]

    def slip_lines(self, titles: Mapping[str, str]) -> list[str]:
        """Return the statements; the activity's own question stands above already."""
        return [""] if list(titles) == ["question:1"] else super().slip_lines(titles)
