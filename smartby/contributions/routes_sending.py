"""What was sent before its writer had signed in: signing in publishes it, as the button said.

The pages for signing in tell that it will, with its title: whoever sits down at a browser where
somebody else wrote something sees what they would publish. Without the wish in the address, which
the form's own button puts there, the text only waits in its form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import current_app, flash
from flask_babel import gettext as _
from sqlalchemy import bindparam, select
from werkzeug.datastructures import MultiDict

from ..accounts import held
from ..accounts.intents import Asked, Intent, intend
from ..accounts.models import User
from ..core.errors import Refusal
from ..core.fragments import link
from ..extensions import db
from ..municipalities.models import Municipality

Fields = MultiDict[str, str]
# Publishes fields in a town; returns the page of what came of it, "" when the form must be seen.
Publish = Callable[[Municipality, Fields, User], str]
TOWN = select(Municipality).where(
    Municipality.slug == bindparam("slug"), Municipality.closed_at.is_(None)
)


def publish_on_sign_in(kind: str, publish: Publish) -> None:
    """Declare how a text for the form of a kind is published when its writer signs in."""
    intend(f"{kind}s.new", Intent(partial(_told, kind), partial(_done, kind, publish)))


def _told(kind: str, asked: Asked) -> str:
    fields = _fields(kind, asked)
    if fields is None:
        return ""
    return str(_("«%(title)s» blir publisert når du er logget inn.", title=fields.get("title")))


def _done(kind: str, publish: Publish, asked: Asked, user: User) -> str:
    slug, fields = _slug(asked), _fields(kind, asked)
    town = db.session.scalars(TOWN, {"slug": slug}).one_or_none()
    try:
        published = publish(town, fields, user) if town and fields else ""
    except Refusal as refusal:
        flash(refusal.message, "warning")
        published = ""
    if not published:
        return _form(kind, asked)
    held.let_go()
    # The browser's own copy has served: the page lets it go.
    return f"{published}#published:{slug}:{kind}"


def _fields(kind: str, asked: Asked) -> Fields | None:
    return held.take(_form(kind, asked)) if asked.wishes.get(held.SENDS) == "yes" else None


def _form(kind: str, asked: Asked) -> str:
    return link(f"{kind}s.new", town=_slug(asked))


def _slug(asked: Asked) -> str:
    return str(asked.place.get("town") or current_app.config["SINGLE_TOWN"])
