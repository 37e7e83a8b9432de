"""Commenting, editing, deleting, and finding useful: each under the contribution's lock."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from ..accounts.models import User
from ..contributions.models import Contribution
from ..contributions.trending import trending
from ..core.access import can, require
from ..core.clock import now
from ..core.errors import Conflict, Invalid, Refused
from ..core.markdown import render
from ..core.transaction import announce, post
from ..extensions import db
from ..municipalities.access import staff
from ..pipeline.taking_part import COUNTERS, Held, Place, hold
from . import statements as sql
from .access import comment_author, fresh
from .facts import CommentAdded, CommentDeleted, CommentEdited, Removal, Totals
from .models import STANCES, Comment
from .statements import Judged

DEEPEST = 2
SHORTEST_REASON = 10


def add_comment(
    contribution: Contribution, *, body: str, stance: str | None, parent: Comment | None, by: User
) -> Comment:
    """Comment on a contribution, or reply, and return the row (for those who hold models)."""
    if parent is None:
        done = comment_on(contribution, body=body, stance=stance, by=by)
    else:
        done = reply_to(Place(contribution.municipality_id, parent.id), body=body, by=by)
        db.session.expire(parent)
    db.session.expire(contribution)
    return db.session.get_one(Comment, done["comment"])


def comment_on(
    where: Place | Contribution, *, body: str, stance: str | None, by: User
) -> dict[str, Any]:
    """Comment on a contribution."""
    held = _open(hold(where, by))
    return _write(held, body, stance=stance)


def reply_to(where: Place, *, body: str, by: User) -> dict[str, Any]:
    """Reply to a comment (the place's number); below the third level it joins the third."""
    held = _open(hold(where, by, sql.HOLD_BY_COMMENT))
    found = db.session.execute(sql.COUNT_REPLY, {"comment": where.number}).one_or_none()
    if found is None:
        raise Invalid(_("Kommentaren du svarer på, er slettet."))
    root, depth, above = found
    parent = where.number if depth < DEEPEST else above
    return _write(held, body, parent=parent, root=root, depth=min(depth + 1, DEEPEST))


def edit_comment(where: Place, *, body: str, seen: int, by: User) -> dict[str, Any]:
    """Change one's own comment within the time for it; Conflict when another tab already did."""
    held, comment = _judged(where, by)
    if comment_author.test(held.by, comment) and not fresh.test(held.by, comment):
        raise Refused(_("Det er mer enn 15 minutter siden du skrev dette. Skriv heller et svar."))
    require("comments.edit", comment, held.by)
    if comment.version != seen:
        raise Conflict(_("Kommentaren er endret i en annen fane. Last siden på nytt."))
    values = {"comment": comment.id, "words": body, "html": str(render(body)), "moment": now()}
    db.session.execute(sql.EDIT, values)
    announce(CommentEdited(comment.id, held.id))
    return _place(held, comment.id)


def delete_comment(where: Place, *, reason: str = "", by: User) -> dict[str, Any]:
    """Delete a comment: its text goes, its place in the thread stays.

    Who takes away another's words says why, for everybody to read.
    """
    held, comment = _judged(where, by)
    if comment.deleted_at is None:
        require("comments.delete", comment, held.by)
        removal = None
        if comment.author_id != held.by.id:
            removal = _removal(comment, reason, by)
        values = {"comment": comment.id, "by": held.by.id, "moment": now()}
        db.session.execute(sql.DELETE, values)
        totals = _count(held, comment.stance, -1)
        announce(CommentDeleted(comment.id, held.id, totals, removal))
    return _place(held, comment.id)


def set_useful(where: Place, *, wanted: bool, by: User) -> dict[str, Any]:
    """Make a person's "useful" be as wanted; return the state that is now true."""
    held, comment = _judged(where, by)
    require("comments.value", comment, held.by)
    who = {"comment": comment.id, "person": held.by.id}
    rows: int = db.session.execute(sql.USEFUL if wanted else sql.NOT_USEFUL, who).rowcount  # type: ignore[attr-defined]
    total = comment.useful_count + (rows if wanted else -rows)
    if rows:
        db.session.execute(sql.COUNT_USEFUL, {"comment": comment.id, "total": total})
        post(f"contribution:{held.id}", "comment.valued", comment=comment.id, useful=total)
        post(f"person:{held.by.id}", "useful.mine", comment=comment.id, wanted=wanted)
    return {"useful": wanted, "count": total, **_place(held, comment.id)}


def _open(held: Held) -> Held:
    if can("comments.add", held, held.by):
        return held
    if held.by.is_blocked:
        raise Refused(_("Brukeren din er stengt ute fra å delta."))
    if held.withdrawn_at is not None:
        raise Refused(_("Dette er trukket tilbake og tar ikke imot kommentarer."))
    raise Refused(_("Samtalen er stengt i dette steget. Det som er skrevet, blir stående."))


def _write(
    held: Held, body: str, *, stance: str | None = None, parent: int | None = None,
    root: int | None = None, depth: int = 0,
) -> dict[str, Any]:  # fmt: skip
    values = {
        "municipality_id": held.municipality_id, "contribution_id": held.id, "parent_id": parent,
        "root_id": root, "depth": depth, "author_id": held.by.id, "stance": stance, "body": body,
        "is_staff": staff.test(held.by, held), "body_html": str(render(body)),
        # Whose words are not said to be in another language are in that of the page they read.
        "lang": held.by.language or held.lang, "created_at": now(),
    }  # fmt: skip
    number: int = db.session.execute(sql.ADD, values).scalar_one()
    totals = _count(held, stance, +1)
    announce(CommentAdded(number, held.id, parent, held.by.id, totals))
    return _place(held, number)


def _removal(comment: Judged, reason: str, by: User) -> Removal:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Skriv hvorfor kommentaren fjernes, med minst 10 tegn. Alle kan lese det."))
    kind, written = comment.contribution.kind, comment.created_at
    return Removal(comment.municipality_id, kind, reason, comment.author_id, written, by)


def _judged(where: Place, by: User) -> tuple[Held, Judged]:
    held = hold(where, by, sql.HOLD_BY_COMMENT)
    row = db.session.execute(sql.JUDGED, {"comment": where.number}).one()
    return held, Judged(*row, contribution=held)


def _count(held: Held, stance: str | None, change: int) -> Totals:
    """Change the stored counters by one comment; return what they are now."""
    now_are = {name: getattr(held, name) for name in COUNTERS[1:]}
    now_are["comment_count"] += change
    if stance:
        now_are[f"{stance}_count"] += change
    rank = trending(held.support_count, now_are["comment_count"], held.published_at)
    counters = {f"new_{name}": total for name, total in now_are.items()}
    db.session.execute(sql.COUNT, {"contribution": held.id, "rank": rank, **counters})
    return Totals(now_are["comment_count"], {s: now_are[f"{s}_count"] for s in STANCES})


def _place(held: Held, number: int) -> dict[str, Any]:
    return {"comment": number, "contribution": held.id, "kind": held.kind}
