"""Changing what a workshop is about, where and when it is, over HTTP."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.errors import Conflict, Invalid
from ..core.idempotency import once
from .actions import edit_workshop
from .forms import PlanEditForm
from .holding import holding_of
from .models import Workshop
from .queries import challenges_to_feed


@allows("workshops.edit", Workshop)
def details(workshop: Workshop) -> str:
    """Show the form for changing what a workshop is about."""
    form = PlanEditForm(
        formdata=None, title=workshop.title, purpose=workshop.purpose, place=workshop.place,
        seats=workshop.seats, lang=workshop.lang, seen=workshop.version, meets=workshop.meets,
        video=workshop.video,
        joining=workshop.joining, anonymity=workshop.anonymity,
    )  # fmt: skip
    form.show(workshop)
    return _page(workshop, form)


@allows("workshops.edit", Workshop)
def update(workshop: Workshop) -> Any:
    """Change what a workshop is about, where and when it is."""
    form = PlanEditForm()
    form.stood = workshop.starts_at
    form.offer(challenges_to_feed(g.municipality.id))
    if not form.validate_on_submit():
        return _page(workshop, form), 422
    key, seen = form.key.data or "", form.seen.data
    try:
        once(key, actor(), edit_workshop, workshop, form.plan(), seen=seen, by=me())
    except (Conflict, Invalid) as refusal:
        if isinstance(refusal, Conflict):  # whoever has seen that and saves again, means it
            form.seen.data, form.seen.raw_data = workshop.version, None
        return _page(workshop, form, refused=refusal.message), refusal.status
    flash(_("Endringen er lagret."), "success")
    return redirect(url_for("workshops.edit", number=workshop.id), 303)


def _page(workshop: Workshop, form: PlanEditForm, *, refused: str = "") -> str:
    form.offer(challenges_to_feed(g.municipality.id))
    return render_template(
        "workshops/details.html",
        workshop=workshop,
        form=form,
        fixed=holding_of(workshop.id) is not None,
        refused=refused,
    )
