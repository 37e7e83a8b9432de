"""The board, and moves and answers over HTTP."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..contributions.models import Contribution
from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Conflict, Invalid, NotFound, Refusal
from ..core.idempotency import once
from ..core.links import safe_next
from ..core.live import head
from ..core.pagination import decode
from ..core.routes import json_response
from ..core.text import clean
from ..municipalities.tenancy import town_blueprint
from .actions import advance, moved_before, no_way
from .board import Filter, lane_page, lanes
from .cards import Graph
from .changes import card_ops, count_ops
from .forms import MoveForm, whole
from .queries import pipeline_of
from .routes_answers import bp as answers_bp
from .routes_owners import bp as owners_bp
from .routes_settings import bp as settings_bp

bp = town_blueprint("pipeline", __name__)
blueprints = (bp, answers_bp, owners_bp, settings_bp)


@bp.get("/board")
@allows("board.see")
def board() -> str:
    """Show the pipeline as columns."""
    town = g.municipality
    # The number first, then the rows: what happens in between comes as an event.
    newest = head(f"board:{town.id}")
    wanted = _filter()
    found = lanes(town.id, Graph(town.id, town.slug), wanted)
    return render_template(
        "pipeline/board.html",
        lanes=found,
        wanted=wanted,
        late=sum(lane.late for lane in found),
        nowhere=no_way("%f", "%t"),  # the browser knows which stages
        unowned=sum(lane.unowned for lane in found),
        administrator="administrator" in me().roles_in(town.id),
        stream="" if wanted.active else f"board:{town.id}@{newest}",
    )


@bp.get("/board/lanes/<int:number>")
@allows("board.see")
def lane(number: int) -> str:
    """Show more of one lane."""
    town = g.municipality
    stage = pipeline_of(town.id).stage(number)
    if stage is None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    after = decode(request.args.get("after"))
    cards, end = lane_page(stage, Graph(town.id, town.slug), after)
    administrator = "administrator" in me().roles_in(town.id)
    return render_template(
        "pipeline/lane.html", stage=stage, cards=cards, after=end, administrator=administrator
    )


@bp.get("/contributions/<int:number>/moves/new")
@allows("moves.make", Contribution)
def new_move(contribution: Contribution) -> str:
    """Show where a contribution may go, with room for the reason."""
    form = MoveForm(formdata=None, to=whole(request.args.get("to")), next=request.args.get("next"))
    return _move_page(contribution, form)


@bp.post("/contributions/<int:number>/moves")
@allows("moves.make", Contribution)
def move(contribution: Contribution) -> Any:
    """Move a contribution to another stage."""
    form = MoveForm()
    if not form.seen.data:
        form.seen.data = whole(request.args.get("seen"))
    if not form.validate_on_submit():
        return _unreadable(contribution, form)
    wish = {"to_id": form.to.data, "seen_id": form.seen.data, "reason": form.reason.data}
    try:
        once(form.key.data or "", actor(), advance, contribution, **wish, by=me())
    except (Conflict, Invalid) as refusal:
        return _refused(contribution, form, refusal)
    if wants_json():
        return _moved(contribution, form)
    flash(_words(contribution, form), "success")
    here = url_for(f"{contribution.kind}s.show", number=contribution.id)
    return redirect(safe_next(request.args.get("next") or form.next.data) or here, 303)


def _moved(contribution: Contribution, form: MoveForm) -> Any:
    ops = card_ops(contribution.id) + count_ops(contribution.municipality_id)
    content = {"stage": contribution.stage_id, "message": _words(contribution, form), "ops": ops}
    return json_response(content | {"first": moved_before(contribution, me())})


def _words(contribution: Contribution, form: MoveForm) -> str:
    """Say where it stands now, and that a colleague was first with the same move."""
    stage = pipeline_of(contribution.municipality_id).stage(contribution.stage_id)
    first = moved_before(contribution, me())
    if not first:
        return str(_("Flyttet til %(stage)s.", stage=stage.name if stage else ""))
    if form.reason.data:
        return str(
            _("%(who)s hadde alt flyttet den dit. Begrunnelsen din ble ikke lagret.", who=first)
        )
    return str(_("%(who)s hadde alt flyttet den dit.", who=first))


def _unreadable(contribution: Contribution, form: MoveForm) -> Any:
    if wants_json():
        words = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return json_response({"error": 422, "message": words}, 422)
    return _move_page(contribution, form), 422


def _refused(contribution: Contribution, form: MoveForm, refusal: Refusal) -> Any:
    """Answer on the same page, or as JSON, with what is true now and everything typed kept."""
    if wants_json():
        content = {"error": refusal.status, "message": refusal.message, **refusal.details}
        if isinstance(refusal, Conflict):
            content["ops"] = card_ops(contribution.id)
        return json_response(content, refusal.status)
    if isinstance(refusal, Conflict):
        return _move_page(contribution, form, conflict=refusal.message), refusal.status
    field = form.reason if refusal.details.get("field") == "reason" else form.to
    field.errors = [refusal.message]
    return _move_page(contribution, form), refusal.status


def _move_page(contribution: Contribution, form: MoveForm, conflict: str = "") -> str:
    town = g.municipality
    graph = Graph(town.id, town.slug)
    administrator = "administrator" in me().roles_in(town.id)
    return render_template(
        "pipeline/move.html",
        contribution=contribution,
        form=form,
        conflict=conflict,
        stage=graph.pipeline.stage(contribution.stage_id) or graph.pipeline.first,
        choices=graph.choices(contribution.stage_id, administrator),
    )


def _filter() -> Filter:
    try:
        words = clean(request.args.get("q", ""))[:80].strip()
    except ValueError:
        words = ""
    late, unowned, mine = (request.args.get(name) == "1" for name in ("late", "unowned", "mine"))
    return Filter(words, late, unowned, me().id if mine else None)
