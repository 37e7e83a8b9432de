"""Which municipalities take part: for those who run the installation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.errors import Invalid
from ..core.idempotency import once
from ..extensions import limiter
from .actions import close_town, open_town
from .finding import search_places
from .forms import ClosingForm, FirstAdministratorForm, OpenTownForm
from .invitations import Post, invite
from .models import Municipality
from .queries import all_towns

bp = Blueprint("towns", __name__)


@bp.get("/towns/manage")
@allows("towns.manage")
def manage() -> str:
    """List the municipalities that take part, and find others to open."""
    return _manage_page()


@bp.post("/towns/manage")
@allows("towns.manage")
def create() -> Any:
    """Open a municipality."""
    form = OpenTownForm()
    if form.validate_on_submit():
        chosen = {
            "slug": form.slug.data,
            "code": form.code.data,
            "written_language": form.written_language.data,
        }
        try:
            town = once(
                form.key.data or "", actor(), open_town, form.number.data, **chosen, by=me()
            )
        except Invalid as error:
            form.slug.errors = [error.message]
        else:
            flash(_("%(town)s er åpnet. Inviter en administrator.", town=town.name), "success")
            return redirect(url_for("towns.manage", _anchor=f"town-{town.id}"), 303)
    return _manage_page(form.number.data or "", opening=form), 422


@bp.post("/towns/manage/<int:number>/closing")
@allows("towns.manage", Municipality)
def update_closing(town: Municipality) -> Any:
    """Close a municipality, or open it again."""
    form = ClosingForm()
    if not form.validate_on_submit():
        raise Invalid
    closed = form.closed.data == "yes"
    once(form.key.data or "", actor(), close_town, town, closed=closed, by=me())
    return redirect(url_for("towns.manage", _anchor=f"town-{town.id}"), 303)


@bp.post("/towns/manage/<int:number>/administrator")
@allows("towns.manage", Municipality)
@limiter.limit("60/hour")
def create_administrator(town: Municipality) -> Any:
    """Invite a town's first administrator."""
    form = FirstAdministratorForm()
    if not form.validate_on_submit():
        return _manage_page(inviting={town.id: form}), 422
    wanted = Post(form.email.data, "administrator")
    once(form.key.data or "", actor(), invite, town, wanted, rule="towns.manage", by=me())
    flash(_("Invitasjonen er sendt til %(email)s.", email=form.email.data), "success")
    return redirect(url_for("towns.manage", _anchor=f"town-{town.id}"), 303)


def _manage_page(
    query: str = "",
    opening: OpenTownForm | None = None,
    inviting: dict[int, FirstAdministratorForm] | None = None,
) -> str:
    towns = all_towns()
    query = query or request.args.get("q", "")[:80]
    return render_template(
        "municipalities/towns.html",
        towns=towns,
        q=query,
        found=search_places(query, towns),
        opening=opening,
        new_opening=lambda: OpenTownForm(formdata=None),
        inviting=inviting or {},
        new_inviting=lambda: FirstAdministratorForm(formdata=None),
    )
