"""One's own page, one's own data, and leaving, over HTTP."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response, flash, redirect, render_template, request
from flask_babel import gettext as _

from ..accounts.routes_settings import proves_identity
from ..accounts.routes_sign_in import front_page
from ..accounts.sessions import forget
from ..core.access import allows, me
from ..core.clock import now, oslo
from ..core.errors import Invalid
from ..core.pagination import decode
from ..core.transaction import perform
from ..extensions import limiter
from . import queries
from .actions import erase_account, is_new_look, note_look
from .export import everything
from .forms import ErasureForm

bp = Blueprint("my", __name__)
blueprints = (bp,)


@bp.get("/me")
@allows("account.own")
def index() -> str:
    """Show what one has written and supported, what is new there, and the way to one's settings."""
    _look()
    return render_template("my/index.html", mine=queries.mine(me()))


@bp.get("/me/<any(written, named, supported, commented):which>")
@allows("account.own")
def rest(which: str) -> str:
    """Show what does not fit on one's own page, twenty at a time."""
    _look()
    found = queries.rest(me(), which, decode(request.args.get("after")))
    return render_template("my/rest.html", which=which, found=found)


@bp.get("/me/export")
@allows("account.own")
@limiter.limit("20/hour")
def export() -> Response:
    """Give the person everything that is stored about them."""
    content = orjson.dumps(everything(me()), option=orjson.OPT_INDENT_2)
    response = Response(content, mimetype="application/json")
    name = f"smartby-{oslo(now()):%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/me/erasure")
@allows("account.own")
def erasure() -> str:
    """Say what erasing the account means, and ask for the password."""
    return render_template("my/erasure.html", form=ErasureForm())


@bp.post("/me/erasure")
@allows("account.own")
@limiter.limit("20/minute")
def create_erasure() -> Any:
    """Erase the account."""
    form = ErasureForm()
    if not form.validate_on_submit() or not proves_identity(form.current):
        return render_template("my/erasure.html", form=form), 422
    try:
        perform(erase_account, by=me())
    except Invalid as error:  # the last administrator of a town
        form.sure.errors = [error.message]
        return render_template("my/erasure.html", form=form), 422
    forget(wholly=True)
    flash(_("Brukeren din er slettet."), "success")
    return redirect(front_page(), 303)


def _look() -> None:
    # A list of its own tells what is new too: who comes straight there has looked as well.
    if is_new_look(me()):
        perform(note_look, by=me())
