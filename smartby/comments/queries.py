"""Reading discussions."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..extensions import db
from .models import Comment


def thread(contribution_id: int) -> list[Comment]:
    """Return the newest comments of a contribution."""
    query = select(Comment).where(Comment.contribution_id == contribution_id)
    query = query.options(joinedload(Comment.author)).order_by(Comment.id.desc()).limit(50)
    return list(db.session.scalars(query))
