"""Planting the demo: two towns and a county with a past that ends today."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from ..core.clock import now
from ..core.transaction import transaction
from ..extensions import db
from .content import Content
from .story import Story
from .useful import mark
from .world import World, settle

SEED = 20_260_101
SETTLING = timedelta(days=30)  # from the opening of the towns to the first thing said in them


def plant(content: Content) -> World:
    """Plant towns, people and their story, dated back from now, in one transaction."""
    today, dice = now().replace(microsecond=0), Random(SEED)
    with transaction() as tx:
        world = settle(content, beginning(content, today) - SETTLING, dice)
        tell(world, content, today, dice)
        # Nobody was there to hear of it: neither live events nor mails go out about the past.
        tx.posts.clear()
    db.session.expire_all()  # supports were counted past the objects
    return world


def tell(world: World, content: Content, today: datetime, dice: Random) -> None:
    """Tell the whole story in towns that are there; inside a transaction."""
    Story(world, content, today, dice).tell()
    mark(world, content.comments, today, dice)


def beginning(content: Content, today: datetime) -> datetime:
    """Return when the first contribution was published."""
    ideas = [row["days_ago"] for row in content.ideas]
    first = max([*ideas, *(row["opens_days_ago"] for row in content.challenges)], default=0.0)
    return today - timedelta(days=first)
