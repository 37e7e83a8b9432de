"""Publishing and editing ideas."""

from __future__ import annotations

from flask_babel import gettext as _

from ..accounts.models import User
from ..challenges.models import Challenge
from ..contributions.actions import Content, edit, publish
from ..contributions.drafts import discard_draft
from ..core.access import require
from ..core.clock import now
from ..core.errors import Refused
from ..core.transaction import lock, post
from ..municipalities.models import Municipality
from ..pipeline.actions import enter_pipeline
from .models import Idea


def publish_idea(
    town: Municipality,
    content: Content,
    *,
    challenge: Challenge | None = None,
    draft: str = "",
    by: User,
) -> Idea:
    """Publish an idea, perhaps as an answer to an open challenge; its draft is not needed more."""
    require("ideas.publish", town, by)
    idea = Idea(challenge=challenge)
    if challenge is not None:
        lock(challenge)
        if not challenge.is_open(now()):
            raise Refused(_("Utfordringen tar ikke imot flere ideer."))
        challenge.idea_count += 1
    idea.municipality_id = town.id
    enter_pipeline(idea)
    publish(idea, town, content, by)
    if draft:
        discard_draft(town, draft, by=by)
    post(f"board:{town.id}", "board.changed", id=idea.id)
    return idea


def edit_idea(idea: Idea, content: Content, *, seen: int, by: User) -> Idea:
    """Change an idea's text; Conflict when it was changed since `seen`."""
    edit(idea, content, rule="ideas.edit", seen=seen, by=by)
    post(f"board:{idea.municipality_id}", "board.changed", id=idea.id)
    return idea
