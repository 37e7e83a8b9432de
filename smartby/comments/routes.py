"""Comments over HTTP."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..accounts import held
from ..contributions.models import Contribution
from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.idempotency import once
from ..core.routes import json_response
from ..municipalities.tenancy import town_blueprint
from .actions import add_comment
from .forms import CommentForm

bp = town_blueprint("comments", __name__)
blueprints = (bp,)


@bp.get("/contributions/<int:number>/comments/new")
@allows("town.see", Contribution)
def new(contribution: Contribution) -> str:
    """Show the form for a comment, with what was written before signing in."""
    form = CommentForm(held.take(request.path))
    return render_template("comments/new.html", form=form, contribution=contribution)


@bp.post("/contributions/<int:number>/comments")
@allows("town.see", Contribution)  # whoever is not signed in keeps the text; the action asks
def create(contribution: Contribution) -> Any:
    """Comment on a contribution."""
    form = CommentForm()
    if not form.validate_on_submit():
        return render_template("comments/new.html", form=form, contribution=contribution), 422
    if not me().is_authenticated and not wants_json():
        return held.hold(url_for("comments.new", number=contribution.id), request.form)
    comment = once(
        form.key.data or "", actor(), add_comment, contribution,
        body=form.body.data, stance=form.stance.data or None, parent=None, by=me(),
    )  # fmt: skip
    held.let_go()
    if wants_json():
        return json_response({"comment": comment.id, "message": _("Kommentaren er sendt.")}, 201)
    where = url_for(f"{contribution.kind}s.show", number=contribution.id)
    return redirect(f"{where}#comment-{comment.id}", 303)
