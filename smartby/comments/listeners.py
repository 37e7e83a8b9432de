"""What follows from comments: live events for the contribution's readers."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from ..contributions.letters import write_author
from ..contributions.models import Contribution
from ..core.fragments import absolute
from ..core.transaction import post, together_with
from ..extensions import db
from ..ledger.record import Decision, record
from ..municipalities.models import Municipality
from ..pipeline.listeners import office
from .facts import CommentAdded, CommentDeleted, CommentEdited, Removal, Totals

TITLE = select(Contribution.title).where(Contribution.id == bindparam("contribution"))


@together_with(CommentAdded)
def tell_of_comment(fact: CommentAdded) -> None:
    """Tell open pages of the comment and the new totals."""
    post(f"contribution:{fact.contribution}", "comment.added", comment=fact.comment)
    _count(fact.contribution, fact.totals)


@together_with(CommentEdited)
def tell_of_edit(fact: CommentEdited) -> None:
    """Tell open pages of the new text."""
    post(f"contribution:{fact.contribution}", "comment.changed", comment=fact.comment)


@together_with(CommentDeleted)
def tell_of_deletion(fact: CommentDeleted) -> None:
    """Tell open pages that only a tombstone is left."""
    post(f"contribution:{fact.contribution}", "comment.changed", comment=fact.comment)
    _count(fact.contribution, fact.totals)
    if fact.removal is not None:
        _enter(fact.contribution, fact.removal)
        _write_author(fact, fact.removal)


def _enter(contribution: int, removal: Removal) -> None:
    decision = Decision(
        "comment.removed",
        f"contribution:{contribution}",
        title=_title(contribution),
        text=removal.reason,
        label=office(removal.town, removal.by),
        details={"kind": removal.kind},
    )
    entry = record(removal.town, decision, removal.by)
    db.session.flush()
    post(f"contribution:{contribution}", "entry.made", id=contribution, entry=entry.id)


def _write_author(fact: CommentDeleted, removal: Removal) -> None:
    town = db.session.get_one(Municipality, removal.town)
    write_author(
        removal.author, "comment_removed", town, reason=removal.reason,
        title=_title(fact.contribution), written_at=removal.written_at,
        address=absolute("comments.show", town=town.slug, number=fact.comment),
    )  # fmt: skip


def _title(contribution: int) -> str:
    return db.session.scalars(TITLE, {"contribution": contribution}).one()


def _count(contribution: int, totals: Totals) -> None:
    post(
        f"contribution:{contribution}",
        "comments.counted",
        id=contribution,
        comments=totals.comments,
        stances=totals.stances,
    )
