"""A town's settings, units and colours over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, me
from ..core.errors import Conflict, Invalid
from ..core.idempotency import once
from . import theme as colours
from .actions import add_unit, archive_unit, edit_town, rename_unit
from .forms import ArchiveForm, SettingsForm, UnitForm
from .models import Unit
from .queries import units_of
from .routes_members import bp
from .routes_towns import bp as towns_bp

blueprints = (bp, towns_bp)


@bp.get("/settings")
@allows("town.edit")
def settings() -> str:
    """Show the town's settings."""
    form = SettingsForm(obj=g.municipality, seen=g.municipality.version)
    return render_template("municipalities/settings.html", form=form, conflict="")


@bp.post("/settings")
@allows("town.edit")
def update_settings() -> Any:
    """Change the town's settings; whoever comes second sees it, and keeps what was typed."""
    form, conflict, status = SettingsForm(), "", 422
    if form.validate_on_submit():
        wanted = {"seen": form.seen.data, "by": me()}
        try:
            once(form.key.data or "", actor(), edit_town, g.municipality, form.settings(), **wanted)
        except Conflict as error:
            conflict, status = error.message, error.status
            form.seen.process_data(g.municipality.version)
        else:
            flash(_("Innstillingene er lagret."), "success")
            return redirect(url_for("municipalities.settings"), 303)
    return render_template("municipalities/settings.html", form=form, conflict=conflict), status


@bp.get("/settings/units")
@allows("town.edit")
def units() -> str:
    """List the town's units."""
    return _units_page(UnitForm(formdata=None))


@bp.post("/settings/units")
@allows("town.edit")
def create_unit() -> Any:
    """Add a unit."""
    form = UnitForm()
    if form.validate_on_submit():
        try:
            once(form.key.data or "", actor(), add_unit, g.municipality, form.names(), by=me())
            return redirect(url_for("municipalities.units"), 303)
        except Invalid as error:
            form.name_nb.errors = [error.message]
    return _units_page(form), 422


@bp.post("/settings/units/<int:number>")
@allows("town.edit", Unit)
def update_unit(unit: Unit) -> Any:
    """Give a unit other names."""
    form = UnitForm()
    if not form.validate_on_submit():
        return _units_page(UnitForm(formdata=None), unit.id, form), 422
    once(form.key.data or "", actor(), rename_unit, unit, form.names(), by=me())
    return redirect(url_for("municipalities.units"), 303)


@bp.post("/settings/units/<int:number>/archive")
@allows("town.edit", Unit)
def update_unit_archive(unit: Unit) -> Any:
    """Take a unit out of use, or back into it."""
    form = ArchiveForm()
    if not form.validate_on_submit():
        raise Invalid
    archived = form.archived.data == "yes"
    once(form.key.data or "", actor(), archive_unit, unit, archived=archived, by=me())
    return redirect(url_for("municipalities.units"), 303)


@bp.get("/theme/<version>.css")
@allows("town.see")
def theme(version: str) -> Any:
    """Serve the town's colours; the address changes with them, so a browser keeps it for ever."""
    town = g.municipality
    if version != colours.version(town.primary_colour, town.deep_colour):
        # A page from before the colours were changed asks for what is no more.
        answer = redirect(theme_address(town) or url_for("pages.town"))
        answer.headers["Cache-Control"] = "no-store"
        return answer
    sheet = Response(
        colours.style_sheet(town.primary_colour, town.deep_colour), mimetype="text/css"
    )
    sheet.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return sheet


@bp.app_template_global("theme_address")
def theme_address(town: Any) -> str:
    """Return the address of a town's own colours, "" when it has smartby's."""
    chosen = (town.primary_colour, town.deep_colour)
    if colours.is_default(*chosen):
        return ""
    return url_for("municipalities.theme", town=town.slug, version=colours.version(*chosen))


def _units_page(form: UnitForm, wrong: int = 0, renaming: UnitForm | None = None) -> str:
    known = units_of(g.municipality.id)
    forms = {u.id: renaming if u.id == wrong else UnitForm(None, obj=u) for u in known}
    return render_template("municipalities/units.html", form=form, units=known, forms=forms)
