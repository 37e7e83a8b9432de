"""Grouping: the cards of an earlier activity are put together, by those who lead or by all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from ..cards.grouping import (
    Change,
    bring_together,
    group_in,
    merge,
    picked,
    rename,
    take,
    undo,
)
from ..cards.likeness import Suggestion, suggestions
from ..cards.piles import GIVES_CARDS, STAFF, Board, board_of, source_of
from ..core.clock import now
from ..core.errors import Conflict, Invalid, Refused
from ..core.forms import Form, choices
from ..extensions import db
from ..facilitation.fitting import on_walls
from ..facilitation.identity import mark_of
from ..facilitation.models import Card, CardGroup, Participant, Run
from ..facilitation.paging import PAGING
from ..facilitation.play import PROPOSALS, Fields, Harvest, Play
from ..facilitation.progress import Page, page_of, progress_of
from ..facilitation.ways import WAYS, with_ways
from ..workshops.models import Activity

ON_SCREEN = 6  # groups of a page
IN_PLACE = 2  # cards in none where a group would stand
Doing = Callable[[Change, Activity, str, Fields], None]


class GroupingRules(Form):
    """Which cards are put together, and by whom."""

    source = SelectField(
        _l("Lappene fra"),
        default="",
        validate_choice=False,
        choices=choices(("", _l("Forrige idédugnad"))),
    )
    people = BooleanField(_l("Deltakerne kan også gruppere"))

    def offer(self, steps: Iterable[Activity]) -> None:
        """Let the planner choose among the earlier steps that have cards."""
        found = ((str(step.id), step.title) for step in steps if step.kind in GIVES_CARDS)
        self.source.choices = choices(("", _("Forrige idédugnad")), *found)


class Grouping(Play, key="grouping"):
    """Cards that say the same are put together and named."""

    name = _l("Gruppering")
    purpose = _l("Lapper som hører sammen, samles i grupper med navn.")
    icon = "move"
    minutes = 10
    order = 20
    rules_form = GroupingRules
    gives = PROPOSALS

    def picture(self, activity: Activity) -> Board:
        """Return the groups and the cards in none, without what the room may not see."""
        return board_of(activity)

    def insight(self, activity: Activity) -> Board:
        """Return the same with what was hidden again, and with names that those who lead see."""
        return board_of(activity, STAFF)

    def pages(self, activity: Activity) -> Page:
        """Return the groups that the projectors show."""
        return page_of(activity, self.picture(activity).fullest, ON_SCREEN)

    def loose_first(self, board: Board) -> Sequence[Card]:
        """Return the cards in no group that the projectors have room for, before there is one."""
        _scale, pages = on_walls(board.loose, [card.way in WAYS for card in board.loose])
        return pages[0] if pages else []

    def room_beside(self, page: Page) -> int:
        """Return how many cards that are in no group have room beside a page's groups."""
        return IN_PLACE * (ON_SCREEN - len(page.items))

    def suggested(self, activity: Activity) -> tuple[Suggestion, ...]:
        """Return cards that seem to belong together, of those that are in no group."""
        loose = self.picture(activity).loose
        lang = _run(activity).workshop.lang
        return suggestions(tuple((card.id, card.body) for card in loose), lang)

    def undoable(self, activity: Activity) -> bool:
        """Tell whether there is a change that can be put back."""
        return bool(progress_of(activity).kept.get("before"))

    def source(self, activity: Activity) -> Activity | None:
        """Return the activity that the cards come from."""
        return source_of(activity)

    def begin(self, run: Run, activity: Activity) -> None:
        """Reveal the cards that are put together: one cannot group what one may not see."""
        source = source_of(activity)
        if source is not None:
            source.revealed_at = source.revealed_at or now()

    def simulate(self, run: Run, activity: Activity, turn: int) -> list[tuple[str, Fields]]:
        """Let every other put two cards together, where those who take part may."""
        pair = self.picture(activity).loose[:2]
        if turn % 2 or len(pair) < 2 or not activity.rules.get("people"):
            return []
        return [("gather", {f"pick-{card.id}": str(card.version) for card in pair})]

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return the groups, the fullest first, and then the cards that are in none."""
        board = self.picture(activity)
        piles = [
            Harvest(
                f"group:{pile.group.id}", pile.title,
                quotes=[card.body for card in pile.cards],
                authors=sorted({card.author for card in pile.cards}),
                ways=[card.way for card in pile.cards],
            )
            for pile in board.fullest
        ]  # fmt: skip
        alone = [
            Harvest(f"card:{card.id}", card.body, authors=[card.author], ways=[card.way])
            for card in board.loose
        ]
        return piles + alone

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return each card with its group."""
        board = self.picture(activity)
        cards = [(pile.title, card) for pile in board.fullest for card in pile.cards]
        cards += [("", card) for card in board.loose]
        lines = [[title, card.body] for title, card in cards]
        heading = [str(_("Gruppe")), str(_("Lapp"))]
        return with_ways(heading, lines, [card.way for _title, card in cards])


def _run(activity: Activity) -> Run:
    return db.session.get_one(Run, activity.workshop_id)


def _change(doing: Doing, by: str, run: Run, activity: Activity, fields: Fields) -> None:
    source = source_of(activity)
    if source is None:
        raise Invalid(_("Det er ingen lapper å gruppere ennå."))
    change = Change(run, activity)
    doing(change, source, by, fields)
    change.settle(undoable=doing is not _put_back)


def _together(change: Change, source: Activity, by: str, fields: Fields) -> None:
    bring_together(change, picked(source, by, fields))


def _gather(change: Change, source: Activity, by: str, fields: Fields) -> None:
    change.move(picked(source, by, fields), change.found())


def _put(change: Change, source: Activity, by: str, fields: Fields) -> None:
    # The button that was pressed is the group's.
    change.move(picked(source, by, fields), group_in(source, fields.get("card", "")))


def _out(change: Change, source: Activity, by: str, fields: Fields) -> None:
    change.move(picked(source, by, fields), None)


def _rename(change: Change, source: Activity, _by: str, fields: Fields) -> None:
    number = fields.get("card", "")
    title, seen = fields.get(f"title-{number}", ""), fields.get(f"seen-{number}", "")
    rename(change, group_in(source, number), title, seen)


def _merge(change: Change, source: Activity, _by: str, fields: Fields) -> None:
    merge(change, source, *(_chosen(source, fields, which) for which in ("from", "into")))


def _chosen(source: Activity, fields: Fields, which: str) -> CardGroup:
    if not fields.get(f"merge-{which}"):
        raise Invalid(_("Velg to grupper først."))
    return group_in(source, fields[f"merge-{which}"])


def _accept(change: Change, source: Activity, _by: str, fields: Fields) -> None:
    """Make a group of cards that were suggested, unless somebody has moved one meanwhile."""
    wanted = fields.get("card", "")
    found = [one for one in GROUPING.suggested(change.activity) if one.key == wanted]
    if not found:
        raise Conflict(_("Forslaget gjelder ikke lenger. Se på de nye."))
    asked = db.select(Card).where(Card.activity_id == source.id, Card.id.in_(found[0].ids))
    change.move(db.session.scalars(asked).all(), change.found(found[0].title))


def _put_back(change: Change, _source: Activity, _by: str, _fields: Fields) -> None:
    undo(change)


def _take(by: str, activity: Activity, fields: Fields) -> None:
    source = source_of(activity)
    if source is not None:
        take(source, by, fields.get("card", ""))


def _by_people(doing: Doing, run: Run, activity: Activity, who: Participant, f: Fields) -> None:
    _require_people(activity)
    _change(doing, mark_of(run, who), run, activity, f)


def _taken(run: Run, activity: Activity, who: Participant, fields: Fields) -> None:
    _require_people(activity)
    _take(mark_of(run, who), activity, fields)


def _require_people(activity: Activity) -> None:
    if not activity.rules.get("people"):
        raise Refused(_("Det er de som leder, som grupperer."))


BOTH: dict[str, Doing] = {
    "together": _together, "gather": _gather, "put": _put, "out": _out, "rename": _rename,
}  # fmt: skip
LEADING: dict[str, Doing] = {"merge": _merge, "accept": _accept, "put_back": _put_back}
GROUPING = Grouping()
Grouping.acts = {
    "take": _taken, **{name: partial(_by_people, doing) for name, doing in BOTH.items()},
}  # fmt: skip
Grouping.orders = {
    "take": lambda _run, activity, fields: _take(STAFF, activity, fields),
    **{name: partial(_change, doing, STAFF) for name, doing in (BOTH | LEADING).items()},
    **PAGING,
}
Grouping.joint = frozenset({"take", *BOTH, *LEADING})
