"""Changing one's own idea over HTTP: whoever was first is shown, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..challenges.advice import because
from ..contributions.theirs import Theirs, told_apart
from ..core.access import actor, allows, find, me
from ..core.errors import NotFound, Refusal
from ..core.idempotency import once
from ..core.markdown import render
from .actions import edit_idea
from .forms import EditForm
from .models import Idea


@allows("ideas.edit", Idea)
def edit(idea: Idea) -> str:
    """Show the form for changing one's own idea."""
    form = EditForm(
        formdata=None, title=idea.title, body=idea.text.body, principles=idea.principles,
        goals=idea.goals, place=idea.place, lang=idea.lang, seen=idea.version,
    )  # fmt: skip
    return _page(idea, form)


@allows("town.take_part")
def update(number: int) -> Any:
    """Change one's own idea, or show how it would look."""
    form, idea = EditForm(), _own(number)
    if not form.validate_on_submit():
        return _page(idea, form), 422
    if request.form.get("look"):
        return _page(idea, form, preview=str(render(form.body.data)))
    key, content, seen = form.key.data or "", form.content(), form.seen.data
    try:
        once(key, actor(), edit_idea, idea, content, seen=seen, by=me())
    except Refusal as refusal:
        return _refused(number, form, refusal)
    flash(_("Endringen er lagret. Den gamle teksten kan fortsatt leses."), "success")
    return redirect(url_for("ideas.show", number=number), 303)


def _own(number: int) -> Idea:
    # Refused or unusable text is shown again to its author only; to others nothing is there.
    found: Any = find(Idea, number, me())
    if found.author_id != me().id:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return found  # type: ignore[no-any-return]


def _refused(number: int, form: EditForm, refusal: Refusal) -> Any:
    if isinstance(refusal, NotFound):
        raise refusal
    idea = _own(number)
    other = told_apart(refusal, idea, form)
    return _page(idea, form, refused=refusal.message, other=other), refusal.status


def _page(
    idea: Idea, form: EditForm, *, preview: str = "", refused: str = "",
    other: Theirs | None = None,
) -> str:  # fmt: skip
    return render_template(
        "ideas/edit.html",
        idea=idea,
        town=g.municipality,
        form=form,
        because=because(form.begun),
        preview=preview,
        refused=refused,
        other=other,
    )
