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
from ..core.errors import Conflict, KeyReused, NotFound, Refusal, SignInNeeded
from ..core.fragments import language, link
from ..core.idempotency import once
from ..core.routes import json_response
from ..core.templating import new_key
from ..extensions import csrf
from ..municipalities.tenancy import town_blueprint
from ..pipeline.taking_part import Place
from .actions import comment_on, reply_to
from .forms import CommentForm
from .models import Comment
from .ops import comment_added
from .pace import keep_writing_pace

bp = town_blueprint("comments", __name__)


@bp.get("/contributions/<int:number>/comments/new")
@allows("town.see")
def new(number: int) -> str:
    """Show the form for a comment, with what was written before."""
    return _form_page(_form_as_written(), number=number)


@bp.post("/contributions/<int:number>/comments/new")
@allows("town.see")
def begin(number: int) -> str:
    """Show the form with what was typed on the page: posted, so that it stands in no address."""
    return _form_page(_form_as_asked(), number=number)


# It writes nothing, and the page it is sent from has no token: that is the same for everybody.
csrf.exempt(begin)


@bp.post("/contributions/<int:number>/comments")
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
    comment: Any = find(Comment, number, me())
    if comment.deleted_at is not None:
        raise NotFound(_("Kommentaren du svarer på, er slettet."))
    return _form_page(_form_as_written(), reply_to=number)


@bp.post("/comments/<int:number>/replies")
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
        keep_writing_pace(actor())
        done = send()
    except KeyReused:
        return _refused(form, _sent_before(form), **about)
    except Refusal as refusal:
        return _refused(form, refusal, **about)
    held.let_go()
    return _answer(done, town, reply="reply_to" in about)


def _refused(form: CommentForm, refusal: Refusal, /, **about: int) -> Any:
    """Say why it was not sent, above what was written."""
    if wants_json() or isinstance(refusal, NotFound | SignInNeeded):
        raise refusal
    return _form_page(form, refusal.message, **about), refusal.status


def _sent_before(form: CommentForm) -> Conflict:
    # The browser went back to a form that has been sent: what is new needs a key of its own.
    form.key.data = new_key()
    return Conflict(
        _("Du har allerede sendt noe herfra. Er dette nytt, så trykk Send en gang til.")
    )


def _answer(done: dict[str, Any], town: str, *, reply: bool) -> Any:
    number, about = done["comment"], {"town": town, "number": done["contribution"]}
    # A reply may stand on another part of the discussion than the first.
    where = link(f"{done['kind']}s.show", **about, **({"comment": number} if reply else {}))
    where = f"{where}#comment-{number}"
    if wants_json():
        found = link("comments.show", town=town, number=number)
        return json_response({**done, "where": found, "ops": list(comment_added(number))}, 201)
    return redirect(where, 303)


def _unusable(form: CommentForm, **about: int) -> Any:
    if wants_json():
        said = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return json_response({"error": 422, "message": said}, 422)
    return _form_page(form, **about), 422


def _form_as_written() -> CommentForm:
    kept = held.take(request.path)
    if kept:
        return CommentForm(kept)
    return _form_as_asked()


def _form_as_asked() -> CommentForm:
    # From the box on the page, or from a link.
    asked = request.form if request.method == "POST" else request.args
    body = asked.get("body", "").replace("\x00", "")
    return CommentForm(formdata=None, body=body, stance=asked.get("stance", ""))


def _form_page(form: CommentForm, refused: str = "", /, **about: int) -> str:
    parent: Any = find(Comment, about["reply_to"], me()) if "reply_to" in about else None
    subject: Any = parent.contribution if parent else find(Contribution, about["number"], me())
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
