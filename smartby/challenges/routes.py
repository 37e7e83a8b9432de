"""Challenges over HTTP: which address leads to which view."""

from __future__ import annotations

from ..municipalities.tenancy import town_blueprint
from . import routes_intents as routes_intents
from .routes_editing import edit, update
from .routes_list import index
from .routes_page import show
from .routes_writing import create, new, preview

bp = town_blueprint("challenges", __name__)
blueprints = (bp,)

bp.add_url_rule("/challenges", "index", index)
bp.add_url_rule("/challenges/<int:number>", "show", show)
bp.add_url_rule("/challenges/new", "new", new)
bp.add_url_rule("/challenges", "create", create, methods=["POST"])
bp.add_url_rule("/challenges/preview", "preview", preview, methods=["POST"])
bp.add_url_rule("/challenges/<int:number>/edit", "edit", edit)
bp.add_url_rule("/challenges/<int:number>", "update", update, methods=["POST"])
