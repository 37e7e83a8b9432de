"""How groups change on a page: a card moves alone, so that what is chosen elsewhere stays so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from flask import current_app

from ..core.live import Op, shows
from ..extensions import db
from ..facilitation.authors import names_for_room, names_for_staff
from ..facilitation.models import Card, CardGroup, Run
from ..facilitation.play import play_of
from ..workshops.models import Activity
from .piles import STAFF, board_of, may_see, pile_of


@shows("groups.changed")
def groups_changed(
    run: int, activity: int, cards: list[int], groups: list[int], view: str
) -> Iterable[Op]:
    """Move the cards that were moved; make, name and take away the groups they are in."""
    found, step = db.session.get(Run, run), db.session.get(Activity, activity)
    if found is None or step is None or found.activity_id != activity:
        return []
    draw = partial(_drawn, found, step, may=view == STAFF or bool(step.rules.get("people")))
    ops: list[Op] = []
    for number in groups:
        ops += _group_ops(step, number, draw, view)
    for number in cards:
        ops += _card_ops(found, step, number, draw, view)
    loose = str(len(board_of(step, view).loose))
    return [*ops, {"op": "set", "target": f"loose-{activity}", "value": loose}]


@shows("groups.counted", totals=True)
def groups_counted(run: int, activity: int) -> Iterable[Op]:
    """Show those who lead how far it has come, what is suggested now, and what can be undone."""
    found, step = db.session.get(Run, run), db.session.get(Activity, activity)
    if found is None or step is None or found.activity_id != activity:
        return []
    play = play_of(step)
    html = _drawn(found, step, "_desk", kind=play, shown=play.insight(step))
    return [{"op": "replace", "target": f"desk-{activity}", "html": html}]


def _group_ops(activity: Activity, number: int, draw: Callable[..., str], view: str) -> list[Op]:
    group, target = db.session.get(CardGroup, number), f"group-{number}"
    if group is None:
        return [{"op": "remove", "target": target}]
    pile = pile_of(group, view)
    values = {"group": group, "title": pile.title, "cards": [], "count": len(pile.cards)}
    shell, head, tools = (draw(name, **values) for name in ("_group", "_head", "_tools"))
    into = f"groups-{activity.id}"
    return [
        {"op": "append", "target": target, "into": into, "html": shell, "once": True},
        {"op": "replace", "target": f"head-{number}", "html": head},
        # Where there are none, nothing is replaced; nor is a name that somebody is writing.
        {"op": "replace", "target": f"tools-{number}", "html": tools},
    ]  # fmt: skip


def _card_ops(
    run: Run, activity: Activity, number: int, draw: Callable[..., str], view: str
) -> list[Op]:
    card, target = db.session.get(Card, number), f"card-{number}"
    if card is None or not may_see(card, view):
        return [{"op": "remove", "target": target}]
    names = (names_for_staff if view == STAFF else names_for_room)(run, [card])
    into = f"loose-cards-{activity.id}" if card.group_id is None else f"in-{card.group_id}"
    concealed = not may_see(card, "room")
    html = draw("_item", card=card, names=names, shown={"concealed": [number] * concealed})
    return [{"op": "append", "target": target, "into": into, "html": html, "moves": True}]


def _drawn(run: Run, activity: Activity, name: str, **values: Any) -> str:
    template = current_app.jinja_env.get_template(f"activities/grouping/{name}.html")
    return template.render(run=run, activity=activity, workshop=run.workshop, **values)
