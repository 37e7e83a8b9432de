"""A workshop while it is held, over HTTP: which address leads to which view."""

from __future__ import annotations

from ..municipalities.tenancy import town_blueprint
from .routes_console import (
    ask_close,
    ask_open,
    close,
    console,
    drive,
    open_,
    rehearse_,
    reveal,
    screen,
    unlock_screen,
)
from .routes_helping import show as helping
from .routes_helping import update as decide
from .routes_join import bp as joining
from .routes_people import ask_out
from .routes_people import index as people
from .routes_proxies import create as create_proxy
from .routes_proxies import do as do_proxy
from .routes_proxies import index as proxies
from .routes_proxies import paper
from .routes_proxies import show as proxy
from .routes_room import do, own, room

bp = town_blueprint("facilitation", __name__)
blueprints = (bp, joining)
ONE, POST = "/workshops/<int:number>", ["POST"]

bp.add_url_rule(f"{ONE}/doors", "ask_open", ask_open)
bp.add_url_rule(f"{ONE}/doors", "open", open_, methods=POST)
bp.add_url_rule(f"{ONE}/rehearsal", "rehearse", rehearse_, methods=POST)
bp.add_url_rule(f"{ONE}/console", "console", console)
bp.add_url_rule(f"{ONE}/console", "drive", drive, methods=POST)
bp.add_url_rule(f"{ONE}/closing", "ask_close", ask_close)
bp.add_url_rule(f"{ONE}/closing", "close", close, methods=POST)
bp.add_url_rule(f"{ONE}/helping", "helping", helping)
bp.add_url_rule(f"{ONE}/helping", "decide", decide, methods=POST)
bp.add_url_rule(f"{ONE}/revelations", "reveal", reveal, methods=POST)
bp.add_url_rule(f"{ONE}/room", "room", room)
bp.add_url_rule(f"{ONE}/room", "do", do, methods=POST)
bp.add_url_rule(f"{ONE}/own", "own", own)
bp.add_url_rule(f"{ONE}/proxies", "proxies", proxies)
bp.add_url_rule(f"{ONE}/proxies", "create_proxy", create_proxy, methods=POST)
bp.add_url_rule(f"{ONE}/proxies/<int:proxy>", "proxy", proxy)
bp.add_url_rule(f"{ONE}/proxies/<int:proxy>", "do_proxy", do_proxy, methods=POST)
bp.add_url_rule(f"{ONE}/participants", "people", people)
bp.add_url_rule(f"{ONE}/participants/<int:participant>/removal", "ask_out", ask_out)
bp.add_url_rule(f"{ONE}/paper", "paper", paper, methods=POST)
bp.add_url_rule(f"{ONE}/screen", "screen", screen)
bp.add_url_rule(f"{ONE}/screen/<key>", "unlock_screen", unlock_screen)
