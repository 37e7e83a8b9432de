"""From the slug in an address to the municipality of this request, and back into every link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, current_app, g, url_for
from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from ..accounts.homes import begins
from ..accounts.models import User
from ..core.access import can
from ..core.errors import NotFound
from ..core.links import came_from, first_part
from ..core.recall import brought, recall
from ..core.respelling import is_nowhere, lead_on
from ..extensions import db
from .models import Municipality

# One's own pages belong to no town; they look like the one that their reader comes from.
PERSONAL = ("accounts", "my")
SLUG = "[a-z0-9-]{1,40}"
TABLE = Municipality.__table__
BY_SLUG = select(TABLE).where(TABLE.c.slug == bindparam("slug"))


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
    room = (endpoint or "").rpartition(".")[0]
    if room in PERSONAL:
        g.municipality = _open_town(single or came_from())
        return
    blueprint = current_app.blueprints.get(room)
    if single and blueprint is not None and blueprint.url_prefix == "/<town>":
        slug = single
    if is_nowhere():
        lead_on(_is_served)
    if slug is None:
        return
    g.municipality = _open_town(slug)
    if g.municipality is None:
        lead_on(_is_served)
        raise NotFound(_("Vi finner ikke denne kommunen eller fylkeskommunen."))


def _is_served(endpoint: str, values: Mapping[str, Any]) -> bool:
    # What is personal is on no poster, and some of it is not there for everybody.
    if endpoint.rpartition(".")[0] in PERSONAL:
        return False
    return "town" not in values or _open_town(values["town"]) is not None


def _open_town(slug: str) -> Municipality | None:
    if not re.fullmatch(SLUG, slug):
        return None
    found = recall(("town", slug), lambda: _read_town(slug))
    return None if found is None or found["closed_at"] else brought(Municipality, found)


def _read_town(slug: str) -> dict[str, Any] | None:
    row = db.session.execute(BY_SLUG, {"slug": slug}).mappings().one_or_none()
    return None if row is None else dict(row)


def _fill_in_town(endpoint: str, values: dict[str, Any]) -> None:
    town = g.get("municipality")
    if current_app.url_map.is_endpoint_expecting(endpoint, "town"):
        if town is not None:
            values.setdefault("town", town.slug)
    elif current_app.config["SINGLE_TOWN"]:
        # Where one town is all there is, its pages have no town in their addresses.
        values.pop("town", None)
    elif town is not None and endpoint.partition(".")[0] in PERSONAL:
        _take_along(town, values)


def _take_along(town: Municipality, values: dict[str, Any]) -> None:
    if first_part(values.get("next")) != town.slug:
        values.setdefault("town", town.slug)


@begins
def beginning(user: User) -> str:
    """Return the town one comes from; else, for who works in one town, where its work is."""
    if g.municipality is not None:
        return url_for("pages.town")
    offices = user.offices()
    town = db.session.get(Municipality, offices[0]) if len(offices) == 1 else None
    if town is None or town.closed_at is not None:
        return ""
    page = "pipeline.board" if can("board.see", town, user) else "pages.town"
    return url_for(page, town=town.slug)
