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
from ..municipalities.tenancy import town_blueprint
from .actions import answer_from, give_answer
from .forms import AnswerForm
from .models import Answer
from .queries import unit_of, units_of

WORDS = {"unit_id": "unit", "body": "body", "lang": "lang"}

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
    if not form.validate_on_submit():
        return _page(contribution, form), 422
    said = {name: form[field].data for name, field in WORDS.items()}
    try:
        if request.form.get("preview"):
            return _page(contribution, form, answer_from(contribution, **said, by=me()))
        key = form.key.data or ""
        answer = once(key, actor(), give_answer, contribution, **said, by=me())
    except Invalid as refusal:
        form.unit.errors = [refusal.message]
        return _page(contribution, form), 422
    flash(_("Svaret er publisert."), "success")
    where = url_for(f"{contribution.kind}s.show", number=contribution.id)
    return redirect(f"{where}#answer-{answer.id}", 303)


def _page(contribution: Contribution, form: AnswerForm, preview: Answer | None = None) -> str:
    return render_template(
        "pipeline/answer.html",
        contribution=contribution,
        form=form.offer(units_of(g.municipality.id)),
        preview=preview,
        earlier=contribution.answer_count,
    )
