"""Taking one's name off what came of a workshop: as easy as it was to put it there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ..contributions.models import Contribution
from ..core.access import actor, allows, me
from ..core.errors import Invalid
from ..core.forms import Form
from ..core.idempotency import once
from ..extensions import db
from .actions import leave as leave_
from .models import Contributor


@allows("contributors.leave", Contribution)
def ask_leave(contribution: Contribution) -> str:
    """Ask whether one's name shall be taken away; the link to this stands there for everybody."""
    named = db.session.get(Contributor, (contribution.id, me().id)) is not None
    return render_template(
        "outcomes/leave.html", contribution=contribution, named=named, form=Form(formdata=None)
    )


@allows("contributors.leave", Contribution)
def leave(contribution: Contribution) -> Any:
    """Take one's name away."""
    form = Form()
    if not form.validate_on_submit():
        raise Invalid
    once(form.key.data or "", actor(), leave_, contribution, by=me())
    flash(_("Navnet ditt er tatt bort."), "success")
    return redirect(url_for(f"{contribution.kind}s.show", number=contribution.id), 303)
