"""What comes of workshops over HTTP: which address leads to which view."""

from __future__ import annotations

from ..municipalities.tenancy import town_blueprint
from .routes_harvest import create, harvest, new
from .routes_minutes import board, export, minutes
from .routes_named import ask_leave, leave

bp = town_blueprint("outcomes", __name__)
blueprints = (bp,)
ONE, POST = "/workshops/<int:number>", ["POST"]
NAMED = "/contributions/<int:number>/contributors"

bp.add_url_rule(f"{ONE}/harvest", "harvest", harvest)
bp.add_url_rule(f"{ONE}/harvest/new", "new", new)
bp.add_url_rule(f"{ONE}/harvest", "create", create, methods=POST)
bp.add_url_rule(f"{ONE}/minutes", "minutes", minutes)
bp.add_url_rule(f"{ONE}/minutes.<form>", "export", export)
bp.add_url_rule(f"{ONE}/board.<form>", "board", board)
bp.add_url_rule(f"{NAMED}/removal", "ask_leave", ask_leave)
bp.add_url_rule(f"{NAMED}/removal", "leave", leave, methods=POST)
