"""What follows when a workshop is opened or closed: the public record says that it was held."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, func, select

from ..core.transaction import post, together_with
from ..extensions import db
from ..ledger.kinds import entry_kind
from ..ledger.record import Decision, record
from ..pipeline.listeners import office
from ..workshops.holding import Holding, tells
from ..workshops.models import Activity
from .facts import DoorsOpened, RunClosed
from .models import Run

BEGAN = select(func.min(Activity.begun_at)).where(Activity.workshop_id == Run.id).scalar_subquery()
HELD = select(
    Run.id,
    Run.closed_at,
    Run.code,
    Run.rehearsal,
    (Run.joined + Run.shown_out).label("took_part"),
    func.coalesce(BEGAN, Run.created_at).label("began"),
).where(Run.id.in_(bindparam("workshops", expanding=True)))


@tells
def holdings(workshop_ids: Iterable[int]) -> dict[int, Holding]:
    """Tell the room of the plans which workshops are being held, or were."""
    rows = db.session.execute(HELD, {"workshops": list(workshop_ids)})
    return {
        row.id: Holding(
            row.closed_at is not None, row.code, row.rehearsal, began=row.began,
            ended=row.closed_at, took_part=row.took_part,
        )
        for row in rows
    }  # fmt: skip


entry_kind("workshop.closed", _l("Verksted avsluttet"), "workshops")


@together_with(DoorsOpened)
def tell_of_doors(fact: DoorsOpened) -> None:
    """Tell those who have the workshop's page open that one can join."""
    post(f"workshop:{fact.run.id}", "workshop.changed", id=fact.run.id)


@together_with(RunClosed)
def enter_closing(fact: RunClosed) -> None:
    """Enter into the public record that a workshop was held, and how many took part."""
    run, workshop = fact.run, fact.run.workshop
    town = workshop.municipality_id
    decision = Decision(
        "workshop.closed", f"workshop:{run.id}", title=workshop.title, label=office(town, fact.by)
    )
    record(town, decision, fact.by)
    post(f"workshop:{run.id}", "workshop.changed", id=run.id)
