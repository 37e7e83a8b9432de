"""Ideas over HTTP: which address leads to which view."""

from __future__ import annotations

from ..extensions import csrf
from ..municipalities.tenancy import town_blueprint
from . import routes_intents as routes_intents
from .routes_editing import edit, update
from .routes_list import index, why
from .routes_page import show
from .routes_similar import carry, similar
from .routes_writing import begin, create, new, preview

bp = town_blueprint("ideas", __name__)
blueprints = (bp,)

bp.add_url_rule("/ideas", "index", index)
bp.add_url_rule("/ideas/order", "why", why)
bp.add_url_rule("/ideas/<int:number>", "show", show)
bp.add_url_rule("/ideas/new", "new", new)
bp.add_url_rule("/ideas/new", "begin", begin, methods=["POST"])
bp.add_url_rule("/ideas", "create", create, methods=["POST"])
bp.add_url_rule("/ideas/preview", "preview", preview, methods=["POST"])
bp.add_url_rule("/ideas/<int:number>/edit", "edit", edit)
bp.add_url_rule("/ideas/<int:number>", "update", update, methods=["POST"])
bp.add_url_rule("/similar", "similar", similar, methods=["POST"])
bp.add_url_rule("/contributions/<int:number>/carried-text", "carry", carry, methods=["POST"])

# It writes nothing, and the front page has no token: that page is the same for everybody.
csrf.exempt(begin)
