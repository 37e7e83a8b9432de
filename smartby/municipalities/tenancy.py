"""From the slug in an address to the municipality of this request, and back into every link."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, g
from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from ..core.errors import NotFound
from ..extensions import db
from .models import Municipality

BY_SLUG = select(Municipality).where(Municipality.slug == bindparam("slug"))


def town_blueprint(name: str, import_name: str) -> Blueprint:
    """Make a blueprint of a town's pages: `/<town>/…`, or `/…` where there is only one town."""
    return Blueprint(name, import_name, url_prefix="/<town>")


def register(app: Flask) -> None:
    """Resolve the town before each request and put it back into each link."""
    app.url_value_preprocessor(_find_town)
    app.url_defaults(_fill_in_town)


def _find_town(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.municipality = None
    slug = (values or {}).pop("town", None)
    single = current_app.config["SINGLE_TOWN"]
    blueprint = current_app.blueprints.get((endpoint or "").rpartition(".")[0])
    if single and blueprint is not None and blueprint.url_prefix == "/<town>":
        slug = single
    if slug is None:
        return
    town = db.session.scalars(BY_SLUG, {"slug": slug[:41]}).one_or_none()
    if town is None or town.closed_at is not None:
        raise NotFound(_("Vi finner ikke denne kommunen eller fylkeskommunen."))
    g.municipality = town


def _fill_in_town(endpoint: str, values: dict[str, Any]) -> None:
    town = g.get("municipality")
    if not current_app.url_map.is_endpoint_expecting(endpoint, "town"):
        # Where one town is all there is, its pages have no town in their addresses.
        if current_app.config["SINGLE_TOWN"]:
            values.pop("town", None)
    elif town is not None:
        values.setdefault("town", town.slug)
