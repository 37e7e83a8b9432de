"""Changing a challenge over HTTP."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..contributions.theirs import Theirs, told_apart
from ..core.access import actor, allows, find, me
from ..core.errors import NotFound, Refusal
from ..core.idempotency import once
from ..core.markdown import render
from ..pipeline.queries import units_of
from .actions import edit_challenge
from .advice import because
from .forms import ChallengeEditForm
from .models import Challenge
from .routes_writing import asked_call, is_staff


@allows("challenges.edit", Challenge)
def edit(challenge: Challenge) -> str:
    """Show the form for changing a challenge."""
    form = ChallengeEditForm(
        formdata=None, title=challenge.title, body=challenge.text.body,
        principles=challenge.principles, goals=challenge.goals, place=challenge.place,
        lang=challenge.lang, question=challenge.question, seen=challenge.version,
    )  # fmt: skip
    form.show_call(challenge)
    return _page(challenge, form)


@allows("town.take_part")
def update(number: int) -> Any:
    """Change a challenge, or show how it would look."""
    form, challenge, staff = ChallengeEditForm(), _ones_own(number), is_staff()
    form.offer(units_of(g.municipality.id))
    valid = [form.validate_on_submit(), not staff or form.times_fit(new=False)]
    if not all(valid):
        return _page(challenge, form), 422
    if request.form.get("look"):
        return _page(challenge, form, preview=str(render(form.body.data)))
    key, seen, call = form.key.data or "", form.seen.data, asked_call(form, staff=staff)
    try:
        once(key, actor(), edit_challenge, challenge, form.content(), call, seen=seen, by=me())
    except Refusal as refusal:
        return _refused(number, form, refusal)
    flash(_("Endringen er lagret. Den gamle teksten kan fortsatt leses."), "success")
    return redirect(url_for("challenges.show", number=number), 303)


def _ones_own(number: int) -> Challenge:
    # Refused or unusable text is shown again to those who may write here; others find nothing.
    found: Any = find(Challenge, number, me())
    if found.author_id != me().id and not is_staff():
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return found  # type: ignore[no-any-return]


def _refused(number: int, form: ChallengeEditForm, refusal: Refusal) -> Any:
    if isinstance(refusal, NotFound):
        raise refusal
    challenge = _ones_own(number)
    other = told_apart(refusal, challenge, form)
    return _page(challenge, form, refused=refusal.message, other=other), refusal.status


def _page(
    challenge: Challenge, form: ChallengeEditForm, *, preview: str = "", refused: str = "",
    other: Theirs | None = None,
) -> str:  # fmt: skip
    staff = is_staff()
    form.offer(units_of(g.municipality.id) if staff else ())
    return render_template(
        "challenges/edit.html",
        challenge=challenge,
        form=form,
        staff=staff,
        because=because(form.begun),
        preview=preview,
        refused=refused,
        other=other,
    )
