"""The town's pipeline as administrators see and change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.errors import Invalid, NotFound
from ..core.idempotency import once
from ..core.transaction import perform
from ..municipalities.tenancy import town_blueprint
from .diagram import drawing
from .forms import MoveRuleForm, NewStageForm, StageForm
from .models import Stage
from .queries import moves_of, pipeline_of
from .settings import (
    add_move,
    add_stage,
    archive_stage,
    edit_stage,
    mend_stage,
    place_stage,
    remove_move,
)
from .ways import gaps

bp = town_blueprint("pipeline_settings", __name__)


@bp.get("/pipeline")
@allows("pipeline.edit")
def index() -> str:
    """Show the graph: a drawing, the stages and the moves."""
    return _page(MoveRuleForm(formdata=None))


@bp.get("/pipeline/stages/new")
@allows("pipeline.edit")
def new_stage() -> str:
    """Show the form for a new stage."""
    line = pipeline_of(g.municipality.id).line
    # Where work is done, last before the goal: there is most often something missing.
    source = next((stage for stage in reversed(line) if stage.kind != "won"), line[0])
    target = next((stage for stage in line if stage.kind == "won"), None)
    form = NewStageForm(
        formdata=None, allows_support=True, allows_comment=True, kind="work",
        source=source.id, target=target.id if target else None,
    )  # fmt: skip
    return _stage_page(form, None)


@bp.post("/pipeline/stages")
@allows("pipeline.edit")
def create_stage() -> Any:
    """Add a stage."""
    form = NewStageForm().offer(pipeline_of(g.municipality.id).shown)
    if not form.validate_on_submit():
        return _stage_page(form, None), 422
    wish = (g.municipality, form.values(), form.ways())

    def add() -> Stage:
        return once(form.key.data or "", actor(), add_stage, *wish, by=me())

    return _kept(form, None, add)


@bp.get("/pipeline/stages/<int:number>")
@allows("pipeline.edit")
def show_stage(number: int) -> str:
    """Show the form for a stage."""
    stage = _find(number)
    return _stage_page(StageForm(formdata=None, obj=stage), stage)


@bp.post("/pipeline/stages/<int:number>")
@allows("pipeline.edit")
def update_stage(number: int) -> Any:
    """Change a stage."""
    stage, form = _find(number), StageForm()
    if not form.validate_on_submit():
        return _stage_page(form, stage), 422
    values = form.values()
    return _kept(
        form, stage, lambda: perform(edit_stage, g.municipality, stage.id, values, by=me())
    )


@bp.post("/pipeline/stages/<int:number>/archive")
@allows("pipeline.edit")
def archive(number: int) -> Any:
    """Take a stage out of use."""
    stage = _find(number)
    return _told(lambda: perform(archive_stage, g.municipality, stage.id, by=me()))


@bp.post("/pipeline/stages/<int:number>/ways")
@allows("pipeline.edit")
def mend(number: int) -> Any:
    """Open the ways that a stage lacks."""
    stage = _find(number)
    return _told(lambda: perform(mend_stage, g.municipality, stage.id, by=me()))


@bp.post("/pipeline/stages/<int:number>/position")
@allows("pipeline.edit")
def position(number: int) -> Any:
    """Move a stage up or down in the order."""
    stage, up = _find(number), request.form.get("to") == "up"
    return _told(lambda: perform(place_stage, g.municipality, stage.id, up=up, by=me()))


@bp.post("/pipeline/moves")
@allows("pipeline.edit")
def create_move() -> Any:
    """Open a way between two stages."""
    form = MoveRuleForm().offer(pipeline_of(g.municipality.id).shown)
    if not form.validate_on_submit():
        return _page(form), 422
    source, target = form.source.data, form.target.data
    wish = {"role": form.role.data, "reason": form.reason.data, "by": me()}
    try:
        once(form.key.data or "", actor(), add_move, g.municipality, source, target, **wish)
    except Invalid as refusal:
        form.target.errors = [refusal.message]
        return _page(form), 422
    return _told(lambda: None)


@bp.post("/pipeline/moves/<int:number>/removal")
@allows("pipeline.edit")
def remove(number: int) -> Any:
    """Close a way between two stages."""
    return _told(lambda: perform(remove_move, g.municipality, number, by=me()))


def _find(number: int) -> Stage:
    stage = pipeline_of(g.municipality.id).stage(number)
    if stage is None or stage.archived_at is not None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return stage


def _kept(form: StageForm, stage: Stage | None, change: Callable[[], Any]) -> Any:
    """Make a change that the form asks for; a refusal is told on the form, with what was typed."""
    try:
        change()
    except Invalid as refusal:
        form[refusal.details.get("field", "kind")].errors = [refusal.message]
        return _stage_page(form, stage), 422
    return _told(lambda: None)


def _told(change: Callable[[], Any]) -> Any:
    """Make a change and go back to the overview; a refusal is told there."""
    try:
        change()
        flash(_("Løpet er endret."), "success")
    except Invalid as refusal:
        flash(refusal.message, "danger")
    return redirect(url_for("pipeline_settings.index"), 303)


def _page(form: MoveRuleForm) -> str:
    pipeline, moves = pipeline_of(g.municipality.id), moves_of(g.municipality.id)
    stages = pipeline.shown
    return render_template(
        "pipeline/settings.html",
        stages=stages,
        moves=sorted(moves, key=_in_order(stages)),
        names={stage.id: stage for stage in pipeline.stages},
        gaps=gaps(pipeline, moves),
        drawing=drawing(stages, moves),
        form=form.offer(stages),
    )


def _in_order(stages: list[Stage]) -> Callable[[Any], Any]:
    order = {stage.id: place for place, stage in enumerate(stages)}
    return lambda move: (order.get(move.from_id, 99), order.get(move.to_id, 99))


def _stage_page(form: StageForm, stage: Stage | None) -> str:
    if isinstance(form, NewStageForm):
        form.offer(pipeline_of(g.municipality.id).shown)
    return render_template("pipeline/stage.html", form=form, stage=stage)
