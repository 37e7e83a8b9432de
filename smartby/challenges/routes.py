"""Challenges over HTTP: which address leads to which view."""

from __future__ import annotations

from ..municipalities.tenancy import town_blueprint
from .routes_list import index
from .routes_page import show

bp = town_blueprint("challenges", __name__)
blueprints = (bp,)

bp.add_url_rule("/challenges", "index", index)
bp.add_url_rule("/challenges/<int:number>", "show", show)
