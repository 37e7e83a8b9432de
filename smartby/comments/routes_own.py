"""What one does to a comment over HTTP: change it, delete it, find it useful."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.error_pages import wants_json
from ..core.errors import Invalid, NotFound, Refusal
from ..core.idempotency import once
from ..core.links import safe_next
from ..core.routes import json_response
from ..extensions import limiter
from ..pipeline.taking_part import Place
from .access import EDIT_TIME, find_comment
from .actions import delete_comment, edit_comment, set_useful
from .forms import EditForm, FormKey, RemovalForm
from .models import Comment
from .pace import keep_writing_pace
from .routes_writing import bp


@bp.get("/comments/<int:number>/edit")
@allows("comments.edit", Comment)
def edit(comment: Comment) -> str:
    """Show the form for changing one's own comment."""
    return _edit_page(comment, EditForm(formdata=None, body=comment.body))


@bp.post("/comments/<int:number>")
@allows("town.take_part")
def update(number: int) -> Any:
    """Change one's own comment within the time for it."""
    form, place, home = EditForm(), Place(g.municipality.id, number), _home(number)
    if not form.validate_on_submit():
        return _edit_page(_own(number), form), 422
    words = {"body": form.body.data, "seen": form.seen.data}
    try:
        keep_writing_pace(actor())
        once(form.key.data or "", actor(), edit_comment, place, **words, by=me())
    except NotFound:
        raise
    except Refusal as refusal:
        return _edit_page(_own(number), form, refusal.message), refusal.status
    return redirect(home, 303)


@bp.get("/comments/<int:number>/deletion")
@allows("comments.delete", Comment)
def ask_deletion(comment: Comment) -> str:
    """Ask before a text is gone for good."""
    return _deletion_page(comment, RemovalForm(formdata=None))


@bp.post("/comments/<int:number>/deletion")
@allows("town.take_part")
def destroy(number: int) -> Any:
    """Delete a comment; who deletes another's gives a reason."""
    place, home, form = Place(g.municipality.id, number), _home(number), RemovalForm()
    reason = form.reason.data if form.validate() else ""
    try:
        once("", actor(), delete_comment, place, reason=reason, by=me())
    except Invalid as refusal:
        form.reason.errors = [refusal.message]
        return _deletion_page(find_comment(number, me()), form), 422
    flash(_("Kommentaren er slettet."), "success")
    return redirect(home, 303)


@bp.get("/comments/<int:number>/useful")
@allows("town.take_part")
def ask_useful(number: int) -> Any:
    """Lead to the comment: where one lands after signing in to find it useful."""
    return redirect(url_for("comments.show", number=number))


@bp.post("/comments/<int:number>/useful")
@limiter.limit("120/minute", key_func=actor)
@allows("town.take_part")
def useful(number: int) -> Any:
    """Make one's "useful" be as wanted: yes or no."""
    wanted, form = request.form.get("wanted"), FormKey()
    if wanted not in ("yes", "no") or not form.validate():
        raise Invalid(_("Si om kommentaren er nyttig eller ikke."))
    place, home = Place(g.municipality.id, number), _home(number)
    # The wanted value may be sent again without a key; the button of a plain form has none.
    key = form.key.data if "key" in request.form else ""
    state = once(key or "", actor(), set_useful, place, wanted=wanted == "yes", by=me())
    if wants_json():
        return json_response(state)
    return redirect(safe_next(request.form.get("next")) or home, 303)


def _deletion_page(comment: Comment | None, form: RemovalForm) -> str:
    if comment is None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return render_template(
        "comments/delete.html", comment=comment, home=_home(comment.id),
        form=None if comment.author_id == me().id else form,
    )  # fmt: skip


def _edit_page(comment: Comment, form: EditForm, refused: str = "") -> str:
    return render_template(
        "comments/edit.html", comment=comment, form=form, refused=refused,
        home=_home(comment.id), until=comment.created_at + EDIT_TIME,
    )  # fmt: skip


def _own(number: int) -> Comment:
    # Refused or unusable text is shown again to its author only; to others nothing is there.
    comment: Comment | None = find_comment(number, me())
    if comment is None or comment.author_id != me().id:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return comment


def _home(number: int) -> str:
    # Asked for before a transaction: that expires the town, which would be read again for its name.
    return url_for("comments.show", number=number)
