"""A problem that was sent before its writer had signed in: signing in publishes it."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _

from ..accounts import held
from ..accounts.models import User
from ..contributions.routes_sending import Fields, publish_on_sign_in
from ..core.fragments import link
from ..core.idempotency import once
from ..municipalities.models import Municipality
from .actions import Call, publish_challenge
from .forms import ChallengeForm


def _publish(town: Municipality, fields: Fields, user: User) -> str:
    form = ChallengeForm(fields, meta={"csrf": False})
    form.offer(())
    if not form.validate():
        return ""
    call = Call(question=form.question.data or "")  # nobody spoke for the town without signing in
    slug = str(town.slug)
    challenge = once(
        held.key(), f"user:{user.id}", publish_challenge, town, form.content(), call, by=user
    )
    flash(_("Utfordringen er publisert."), "success")
    return link("challenges.show", town=slug, number=challenge.id)


publish_on_sign_in("challenge", _publish)
