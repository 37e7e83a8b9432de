"""What ideas and challenges share over HTTP: drafts, versions, withdrawing, hiding."""

from __future__ import annotations

from ..core.fragments import language
from ..principles.reference import goals
from . import routes_versions, routes_withdrawal
from .routes_drafts import bp

__all__ = ["blueprints", "routes_versions", "routes_withdrawal"]

blueprints = (bp,)


@bp.app_template_global("goals_in_words")
def goals_in_words() -> list[str]:
    """Return the 17 goals in the language of the page."""
    return goals(language())
