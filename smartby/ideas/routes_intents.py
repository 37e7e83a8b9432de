"""An idea that was sent before its writer had signed in: signing in publishes it."""

from __future__ import annotations

from flask import flash

from ..accounts import held
from ..accounts.models import User
from ..challenges.models import Challenge
from ..contributions.routes_sending import Fields, publish_on_sign_in
from ..core.fragments import link
from ..core.idempotency import once
from ..extensions import db
from ..municipalities.models import Municipality
from .actions import publish_idea
from .forms import IdeaForm
from .routes_writing import told


def _publish(town: Municipality, fields: Fields, user: User) -> str:
    form = IdeaForm(fields, meta={"csrf": False})
    if not form.validate():
        return ""
    number, challenge = form.challenge.data, None
    if number:
        challenge = db.session.get(Challenge, number)
        if challenge is None or challenge.municipality_id != town.id or challenge.hidden_at:
            return ""
    slug = str(town.slug)  # the transaction expires the town, which would be read again for this
    idea = once(
        held.key(), f"user:{user.id}", publish_idea, town, form.content(),
        challenge=challenge, by=user,
    )  # fmt: skip
    flash(told(idea), "success")
    return link("ideas.show", town=slug, number=idea.id)


publish_on_sign_in("idea", _publish)
