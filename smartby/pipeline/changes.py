"""The operations that bring an open board up to date, for the stream and for whoever moved."""

from __future__ import annotations

from ..contributions.models import Contribution
from ..core.fragments import fragment
from ..core.live import Op
from ..extensions import db
from ..municipalities.models import Municipality
from .board import Counts, Filter, Lane, counts_of
from .cards import Graph, Note, card_html, card_row


def card_ops(number: int, note: Note | None = None) -> list[Op]:
    """Show the card as it is now and where it stands now, or nowhere any longer."""
    return _placing(number, note) or [_removal(number)]


def count_ops(municipality_id: int) -> list[Op]:
    """Show every lane's head with its count, and how many are late and without an owner in all."""
    town = db.session.get(Municipality, municipality_id)
    if town is None:
        return []
    counts = counts_of(town.id, Filter())
    ops: list[Op] = []
    for stage in Graph(town.id, town.slug).pipeline.shown:
        lane = Lane(stage, *counts.get(stage.id, Counts()), cards=[], after="")
        html = fragment("pipeline/_lane_head.html", "lane_head", lane)
        ops.append({"op": "replace", "target": f"lane-head-{stage.id}", "html": str(html)})
    for what in ("late", "unowned"):
        total = sum(getattr(each, what) for each in counts.values())
        ops.append({"op": "set", "target": f"board-{what}", "value": str(total)})
    return ops


def _removal(number: int) -> Op:
    return {"op": "remove", "target": f"bcard-{number}"}


def _placing(number: int, note: Note | None = None) -> list[Op]:
    row, contribution = card_row(number), db.session.get(Contribution, number)
    if row is None or contribution is None or row.stage_id is None:
        return []
    town = db.session.get(Municipality, contribution.municipality_id)
    html = card_html(row, Graph(contribution.municipality_id, town.slug if town else ""), note)
    place: Op = {
        "op": "append",
        "target": f"bcard-{number}",
        "into": f"lane-{row.stage_id}",
        "place": "ordered",
        "moves": True,
        "html": str(html),
    }
    return [place]
