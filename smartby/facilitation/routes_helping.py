"""The helper's page over HTTP: who needs a hand, what waits, and for whom one writes."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Invalid, NotFound
from ..core.idempotency import once
from ..core.live import followed, heads
from ..core.routes import json_response
from ..extensions import db
from .drive import Call
from .forms import ProxyForm
from .helping import decide
from .models import Run
from .play import play_of, said
from .streams import helper
from .views import help_html


@allows("facilitation.help", Run)
def show(run: Run) -> str:
    """Show those who help what goes on, and what they can do."""
    return _page(run)


@allows("facilitation.help", Run)
def update(run: Run) -> Any:
    """Approve a card, or hold it back."""
    sent = request.form.to_dict()
    verb, fields = said(sent, play_of(run.activity).orders if run.activity else {})
    try:
        call = Call(verb, run.rev, fields)
        once(request.form.get("key", "")[:64], actor(), decide, run, call, by=me())
    except (Invalid, NotFound) as refusal:
        db.session.rollback()
        if wants_json():
            content = {"message": refusal.message, "html": str(help_html(run))}
            return json_response(content, refusal.status)
        return _page(run, refused=refusal.message), refusal.status
    if wants_json():
        return json_response({"html": str(help_html(run))})
    return redirect(url_for("facilitation.helping", number=run.id), 303)


def _page(run: Run, refused: str = "") -> str:
    numbers = heads([helper(run)])
    return render_template(
        "facilitation/helping.html", run=run, workshop=run.workshop, drawn=help_html(run),
        streams=followed(numbers), refused=refused, form=ProxyForm(formdata=None),
    )  # fmt: skip
