"""Who looks after a contribution, over HTTP."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..contributions.models import Contribution
from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Conflict, Invalid, Refusal
from ..core.idempotency import once
from ..core.links import safe_next
from ..core.routes import json_response
from ..municipalities.tenancy import town_blueprint
from .changes import card_ops, count_ops
from .forms import OwnerForm, whole
from .owners import give_owner, owner_name, staff_of

bp = town_blueprint("owners", __name__)


@bp.get("/contributions/<int:number>/owner")
@allows("owners.give", Contribution)
def edit(contribution: Contribution) -> str:
    """Show who can look after a contribution."""
    owner = str(contribution.owner_id or "")
    return _page(contribution, OwnerForm(formdata=None, owner=owner, next=request.args.get("next")))


@bp.post("/contributions/<int:number>/owner")
@allows("owners.give", Contribution)
def update(contribution: Contribution) -> Any:
    """Let somebody of the staff look after a contribution, or nobody."""
    form = OwnerForm().offer(staff_of(g.municipality.id))
    if not form.validate_on_submit():
        return _page(contribution, form), 422
    seen = whole(form.seen.data or request.args.get("seen"))
    wish = {"owner_id": form.wanted(me().id), "seen_id": seen}
    try:
        once(form.key.data or "", actor(), give_owner, contribution, **wish, by=me())
    except (Conflict, Invalid) as refusal:
        return _refused(contribution, form, refusal)
    words = _words(contribution)
    if wants_json():
        ops = card_ops(contribution.id) + count_ops(contribution.municipality_id)
        return json_response({"message": words, "ops": ops})
    flash(words, "success")
    here = url_for(f"{contribution.kind}s.show", number=contribution.id)
    return redirect(safe_next(request.args.get("next") or form.next.data) or here, 303)


def _words(contribution: Contribution) -> str:
    if contribution.owner_id is None:
        return str(_("Ingen eier kortet nå."))
    if contribution.owner_id == me().id:
        return str(_("Du eier kortet nå."))
    return str(_("%(who)s eier kortet nå.", who=owner_name(contribution.owner_id)))


def _refused(contribution: Contribution, form: OwnerForm, refusal: Refusal) -> Any:
    if wants_json():
        content = {"error": refusal.status, "message": refusal.message}
        return json_response(content | {"ops": card_ops(contribution.id)}, refusal.status)
    if isinstance(refusal, Conflict):
        return _page(contribution, form, conflict=refusal.message), refusal.status
    form.owner.errors = [refusal.message]
    return _page(contribution, form), refusal.status


def _page(contribution: Contribution, form: OwnerForm, conflict: str = "") -> str:
    return render_template(
        "pipeline/owner.html",
        contribution=contribution,
        form=form.offer(staff_of(g.municipality.id)),
        owner=owner_name(contribution.owner_id),
        conflict=conflict,
    )
