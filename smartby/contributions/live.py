"""Who may follow contributions and towns, and how published and edited ones change open pages."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from ..core.access import Person
from ..core.live import Op, audience, shows
from ..extensions import db
from ..municipalities.models import Municipality
from .access import visible_to
from .article import Article, article_html, edited_html
from .facets import facets_of, is_shown
from .models import Contribution


@audience("contribution")
def contribution_audience(person: Person, rest: str) -> bool:
    """Whoever may see the contribution may follow it."""
    if not rest.isdecimal() or len(rest) > 9:
        return False
    found = db.session.get(Contribution, int(rest))
    return found is not None and visible_to(person, found)


@audience("town")
def town_audience(person: Person, rest: str) -> bool:
    """Everybody may follow what is published in an open town."""
    if not rest.isdecimal() or len(rest) > 9:
        return False
    query = select(Municipality.id).where(
        Municipality.id == int(rest), Municipality.closed_at.is_(None)
    )
    return db.session.scalar(query) is not None


@audience("person")
def person_audience(person: Person, rest: str) -> bool:
    """Only oneself."""
    return bool(person.is_authenticated) and rest == str(person.id)


@shows("contribution.published")
def contribution_published(id: int) -> Iterable[Op]:  # noqa: A002
    """Count it as waiting above the open lists whose filters find it."""
    contribution = db.session.get(Contribution, id)
    if contribution is None or not is_shown(contribution):
        return []
    tags = [f"{facet}:{value}" for facet, value in facets_of(contribution)]
    if contribution.challenge_id:
        tags.append(f"challenge:{contribution.challenge_id}")
    target = f"new-{contribution.kind}s"
    return [{"op": "waiting", "target": target, "value": str(id), "tags": tags}]


@shows("contribution.edited")
def contribution_edited(id: int) -> Iterable[Op]:  # noqa: A002
    """Show the title and the words as they are now."""
    c = db.session.get(Contribution, id)
    if c is None or c.hidden_at is not None:
        return []
    slug = db.session.get_one(Municipality, c.municipality_id).slug or ""
    article = Article(id, c.version, c.lang, c.text.html, c.principle_ids, c.goal_ids, slug)
    return [
        {"op": "set", "target": f"title-{id}", "value": c.title},
        {"op": "replace", "target": f"text-{id}", "html": str(article_html(article))},
        {
            "op": "replace",
            "target": f"edited-{id}",
            "html": str(edited_html(id, c.edited_at, slug)),
        },
    ]


@shows("contribution.changed")
def contribution_changed(id: int) -> Iterable[Op]:  # noqa: A002
    """Withdrawn, hidden or back: the page is best read anew."""
    return [{"op": "refresh"}]
