"""Who may comment, edit and delete comments; how one is found by number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import g
from sqlalchemy import select

from ..contributions.access import visible_to
from ..core.access import Person, Rule, anyone, blocked, finder, rule, signed_in
from ..core.clock import now
from ..extensions import db
from ..municipalities.access import staff
from ..pipeline.access import stage_allows
from .models import Comment

EDIT_TIME = timedelta(minutes=15)


@Rule
def comment_author(person: Person, comment: Any) -> bool:
    """Whoever wrote the comment."""
    return person.id is not None and comment.author_id == person.id


@Rule
def fresh(person: Person, comment: Any) -> bool:
    """Written so recently that it may still be changed."""
    return bool(now() - comment.created_at < EDIT_TIME)


@Rule
def not_deleted(person: Person, comment: Any) -> bool:
    """Still there."""
    return comment.deleted_at is None


@Rule
def contribution_stands(person: Person, comment: Any) -> bool:
    """Under a contribution whose stage allows comments."""
    return stage_allows("comment").test(person, comment.contribution)


rule("comments.see", anyone)
rule("comments.add", signed_in & ~blocked & stage_allows("comment"))
rule("comments.edit", comment_author & fresh & not_deleted & contribution_stands & ~blocked)
rule("comments.delete", (comment_author | staff) & not_deleted & ~blocked)
rule("comments.value", signed_in & ~blocked & not_deleted & contribution_stands)


@finder(Comment)
def find_comment(number: int, person: Person) -> Comment | None:
    """Find a comment in this town under a contribution that this person may know of."""
    query = select(Comment).where(
        Comment.id == number, Comment.municipality_id == g.municipality.id
    )
    found = db.session.scalars(query).one_or_none()
    return found if found is not None and visible_to(person, found.contribution) else None
