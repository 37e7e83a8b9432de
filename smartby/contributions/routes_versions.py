"""The earlier versions of a text over HTTP."""

from __future__ import annotations

from flask import render_template, request, url_for

from ..core.access import allows
from .models import Contribution
from .routes_drafts import bp
from .versions import compare, versions_of

VIEWS = ("sides", "inline")


@bp.get("/contributions/<int:number>/versions")
@allows("contributions.see", Contribution)
def versions(contribution: Contribution) -> str:
    """Show what was changed when: two versions beside each other, or in one text."""
    view = request.args.get("view", VIEWS[0])
    before, after = (request.args.get(name, type=int) for name in ("before", "after"))
    return render_template(
        "contributions/versions.html",
        contribution=contribution,
        home=url_for(f"{contribution.kind}s.show", number=contribution.id),
        versions=versions_of(contribution),
        change=compare(contribution, before, after),
        view=view if view in VIEWS else VIEWS[0],
    )
