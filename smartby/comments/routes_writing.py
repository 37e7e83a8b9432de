"""Writing comments and replies over HTTP: by script, by plain form, and before signing in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..accounts import held
from ..contributions.models import Contribution
from ..core.access import actor, allows, find, me
from ..core.error_pages import wants_json
from ..core.errors import NotFound, Refusal, SignInNeeded
from ..core.fragments import language, link
from ..core.idempotency import once
from ..core.routes import json_response
from ..extensions import limiter
from ..municipalities.tenancy import town_blueprint
from ..pipeline.taking_part import Place
from .actions import comment_on, reply_to
from .forms import CommentForm
from .models import Comment
from .ops import comment_added

bp = town_blueprint("comments", __name__)


def by_whom() -> str:
    """Name who writes for the limits: a person, else the address."""
    return actor() if me().is_authenticated else request.remote_addr or ""


@bp.get("/contributions/<int:number>/comments/new")
@allows("town.see")
def new(number: int) -> str:
    """Show the form for a comment, with what was written before."""
    return _form_page(_form_as_written(), number=number)


@bp.post("/contributions/<int:number>/comments")
@limiter.limit("30/minute", key_func=by_whom)
@allows("town.see")  # whoever is not signed in keeps the text; the action asks
def create(number: int) -> Any:
    """Comment on a contribution."""
    form, place = CommentForm(), Place(g.municipality.id, number)

    def send() -> dict[str, Any]:
        key, stance = form.key.data or "", form.stance.data or None
        return once(key, actor(), comment_on, place, body=form.body.data, stance=stance, by=me())

    return _sent(form, send, number=number)


@bp.get("/comments/<int:number>/replies/new")
@allows("town.see")
def new_reply(number: int) -> str:
    """Show the form for a reply, with what was written before."""
    return _form_page(_form_as_written(), reply_to=number)


@bp.post("/comments/<int:number>/replies")
@limiter.limit("30/minute", key_func=by_whom)
@allows("town.see")  # whoever is not signed in keeps the text; the action asks
def reply(number: int) -> Any:
    """Reply to a comment."""
    form, place = CommentForm(), Place(g.municipality.id, number)

    def send() -> dict[str, Any]:
        return once(form.key.data or "", actor(), reply_to, place, body=form.body.data, by=me())

    return _sent(form, send, reply_to=number)


def _sent(form: CommentForm, send: Callable[[], dict[str, Any]], **about: int) -> Any:
    """Send what was written and answer; whatever refuses it, nothing typed is lost."""
    if not form.validate_on_submit():
        return _unusable(form, **about)
    if not me().is_authenticated and not wants_json():
        return held.hold(_page_of(**about), request.form)
    # Asked for now: the transaction expires the town, which would be read again for these.
    town, _lang = g.municipality.slug, language()
    try:
        done = send()
    except Refusal as refusal:
        if wants_json() or isinstance(refusal, NotFound | SignInNeeded):
            raise
        return _form_page(form, refusal.message, **about), refusal.status
    held.let_go()
    return _answer(done, town)


def _answer(done: dict[str, Any], town: str) -> Any:
    if wants_json():
        return json_response({**done, "ops": list(comment_added(done["comment"]))}, 201)
    where = link(f"{done['kind']}s.show", town=town, number=done["contribution"])
    return redirect(f"{where}#comment-{done['comment']}", 303)


def _unusable(form: CommentForm, **about: int) -> Any:
    if wants_json():
        said = " ".join(text for texts in form.errors.values() for text in texts)
        return json_response({"error": 422, "message": said}, 422)
    return _form_page(form, **about), 422


def _form_as_written() -> CommentForm:
    kept = held.take(request.path)
    if kept:
        return CommentForm(kept)
    stance = request.args.get("stance", "")
    return CommentForm(formdata=None, body=_asked_body(), stance=stance)


def _asked_body() -> str:
    # From the box on the page, which whoever is not signed in sends here by GET.
    return request.args.get("body", "")[:3000].replace("\x00", "")


def _form_page(form: CommentForm, refused: str = "", /, **about: int) -> str:
    parent = _found(Comment, about["reply_to"]) if "reply_to" in about else None
    subject = parent.contribution if parent else _found(Contribution, about["number"])
    home = url_for(f"{subject.kind}s.show", number=subject.id)
    action = (
        url_for("comments.reply", number=parent.id)
        if parent
        else url_for("comments.create", number=subject.id)
    )
    return render_template(
        "comments/new.html", form=form, contribution=subject, parent=parent, refused=refused,
        home=f"{home}#comment-{parent.id}" if parent else f"{home}#comments", action=action,
    )  # fmt: skip


def _page_of(**about: int) -> str:
    if "reply_to" in about:
        return url_for("comments.new_reply", number=about["reply_to"])
    return url_for("comments.new", number=about["number"])


def _found(model: Any, number: int) -> Any:
    found = find(model, number, me())
    if isinstance(found, Comment) and found.deleted_at is not None:
        raise NotFound(_("Kommentaren du svarer på, er slettet."))
    return found
