"""Official answers over HTTP."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..contributions.models import Contribution
from ..core.access import actor, allows, me
from ..core.errors import Invalid
from ..core.fragments import language
from ..core.idempotency import once
from ..core.markdown import render
from ..municipalities.tenancy import town_blueprint
from .actions import give_answer
from .forms import AnswerForm
from .queries import unit_of, units_of

bp = town_blueprint("answers", __name__)


@bp.get("/contributions/<int:number>/answers/new")
@allows("answers.give", Contribution)
def new(contribution: Contribution) -> str:
    """Show the form for an official answer."""
    form = AnswerForm(formdata=None, lang=language(), unit=unit_of(g.municipality.id, me().id))
    return _page(contribution, form)


@bp.post("/contributions/<int:number>/answers")
@allows("answers.give", Contribution)
def create(contribution: Contribution) -> Any:
    """Give an official answer, or show what it would look like."""
    form = AnswerForm()
    valid = form.validate_on_submit()
    if valid and request.form.get("preview"):
        return _page(contribution, form, str(render(form.body.data)))
    if not valid:
        return _page(contribution, form), 422
    try:
        answer = once(
            form.key.data or "", actor(), give_answer, contribution,
            unit_id=form.unit.data, body=form.body.data, lang=form.lang.data, by=me(),
        )  # fmt: skip
    except Invalid as refusal:
        form.unit.errors = [refusal.message]
        return _page(contribution, form), 422
    flash(_("Svaret er publisert."), "success")
    where = url_for(f"{contribution.kind}s.show", number=contribution.id)
    return redirect(f"{where}#answer-{answer.id}", 303)


def _page(contribution: Contribution, form: AnswerForm, preview: str = "") -> str:
    return render_template(
        "pipeline/answer.html",
        contribution=contribution,
        form=form.offer(units_of(g.municipality.id)),
        preview=preview,
        earlier=contribution.answer_count,
    )
