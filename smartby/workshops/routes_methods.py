"""Choosing a method for a workshop's programme over HTTP."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.errors import Invalid
from ..core.fragments import language
from ..core.idempotency import once
from .forms import MethodForm
from .methods import method_of
from .methods import methods as all_methods
from .models import Workshop
from .page import length
from .programme import add_method


@allows("workshops.edit", Workshop)
def methods(workshop: Workshop) -> str:
    """Show the methods: what each is for, how long it takes, and its steps."""
    return _page(workshop)


@allows("workshops.edit", Workshop)
def choose(workshop: Workshop) -> Any:
    """Add a method's steps to the programme."""
    form = MethodForm()
    if not form.validate_on_submit():
        raise Invalid(_("Skjemaet er ugyldig. Last siden på nytt."))
    try:
        first = once(form.key.data or "", actor(), _add, workshop, form.method.data or "")
    except Invalid as refusal:
        return _page(workshop, refused=refusal.message), refusal.status
    flash(_("Punktene ligger i programmet. Gi dem deres egne ord."), "success")
    address = url_for("workshops.edit", number=workshop.id, _anchor=f"step-{first.id}")
    return redirect(address, 303)


def _add(workshop: Workshop, key: str) -> Any:
    return add_method(workshop, method_of(key), by=me())


def _page(workshop: Workshop, *, refused: str = "") -> str:
    return render_template(
        "workshops/methods.html",
        workshop=workshop,
        methods=sorted(all_methods(), key=lambda method: method.minutes),
        words=lambda text: text[language()],
        length=length,
        refused=refused,
    )
