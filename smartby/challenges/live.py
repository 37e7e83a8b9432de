"""How ideas that answer a challenge, and an edit of it, change its open page."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.formatting import number
from ..core.fragments import fragment, language
from ..core.live import Op, shows
from ..extensions import db
from ..municipalities.models import Municipality
from ..pipeline.queries import unit_name
from .calls import call_html, call_of
from .models import Challenge


@shows("challenge.answered")
def challenge_answered(challenge: int, idea: int) -> Iterable[Op]:
    """Set the number of ideas; the new one waits above those that are shown."""
    found = db.session.get(Challenge, challenge)
    if found is None or found.hidden_at is not None:
        return []
    return [
        {
            "op": "set",
            "target": f"ideas-{challenge}",
            "value": number(found.idea_count, language()),
        },
        {"op": "waiting", "target": f"ideas-{challenge}", "value": str(idea)},
    ]


@shows("challenge.edited")
def challenge_edited(challenge: int) -> Iterable[Op]:
    """Show the question and the times as they are now."""
    found = db.session.get(Challenge, challenge)
    if found is None or found.hidden_at is not None:
        return []
    slug = db.session.get_one(Municipality, found.municipality_id).slug or ""
    call = call_of(found, slug, unit_name(found.unit) if found.unit else "")
    head = fragment("challenges/_asked.html", "asked", call)
    facts = {"asks": call.unit or call.author, "opens": call.opening, "closes": call.deadline}
    told: list[Op] = [
        {"op": "set", "target": f"{name}-{challenge}", "value": facts[name]} for name in facts
    ]
    return [
        {"op": "replace", "target": f"asked-{challenge}", "html": str(head)},
        {"op": "replace", "target": f"call-{challenge}", "html": str(call_html(call))},
        *told,
    ]
