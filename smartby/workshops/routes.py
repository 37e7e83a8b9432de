"""Workshops over HTTP: which address leads to which view."""

from __future__ import annotations

from ..municipalities.tenancy import town_blueprint
from .routes_details import details, update
from .routes_leads import (
    answer_helper_invitation,
    create_helper_invitation,
    create_lead,
    helper_invitation,
    leads,
    remove_helper_invitation,
    remove_lead,
    update_leader,
)
from .routes_methods import choose, methods
from .routes_page import calendar, index, show, sign_up, town_calendar
from .routes_plan import announce, cancel, copy, create, destroy, edit, new, people
from .routes_programme import create_step, minutes, move, remove
from .routes_step import step, update_step

bp = town_blueprint("workshops", __name__)
blueprints = (bp,)
ONE, STEP = "/workshops/<int:number>", "/workshops/<int:number>/programme/<int:step>"
POST = ["POST"]
ASKED = "/helper-invitations/<int:invitation>"

bp.add_url_rule("/workshops", "index", index)
bp.add_url_rule("/workshops.ics", "town_calendar", town_calendar)
bp.add_url_rule("/workshops/new", "new", new)
bp.add_url_rule("/workshops", "create", create, methods=POST)
bp.add_url_rule(ONE, "show", show)
bp.add_url_rule(f"{ONE}.ics", "calendar", calendar)
bp.add_url_rule(f"{ONE}/sign-up", "sign_up", sign_up, methods=POST)
bp.add_url_rule(f"{ONE}/edit", "edit", edit)
bp.add_url_rule(f"{ONE}/people", "people", people)
bp.add_url_rule(ONE, "update", update, methods=POST)
bp.add_url_rule(f"{ONE}/announcement", "announce", announce, methods=POST)
bp.add_url_rule(f"{ONE}/cancellation", "cancel", cancel, methods=POST)
bp.add_url_rule(f"{ONE}/removal", "destroy", destroy, methods=POST)
bp.add_url_rule(f"{ONE}/details", "details", details)
bp.add_url_rule(f"{ONE}/copy", "copy", copy, methods=POST)
bp.add_url_rule(f"{ONE}/programme", "create_step", create_step, methods=POST)
bp.add_url_rule(STEP, "step", step)
bp.add_url_rule(STEP, "update_step", update_step, methods=POST)
bp.add_url_rule(f"{STEP}/place", "move", move, methods=POST)
bp.add_url_rule(f"{STEP}/removal", "remove", remove, methods=POST)
bp.add_url_rule(f"{ONE}/methods", "methods", methods)
bp.add_url_rule(f"{ONE}/methods", "choose", choose, methods=POST)
bp.add_url_rule(f"{STEP}/minutes", "minutes", minutes, methods=POST)
bp.add_url_rule(f"{ONE}/leads", "leads", leads)
bp.add_url_rule(f"{ONE}/leads", "create_lead", create_lead, methods=POST)
bp.add_url_rule(f"{ONE}/leads/<int:person>/removal", "remove_lead", remove_lead, methods=POST)
bp.add_url_rule(f"{ONE}/leader", "update_leader", update_leader, methods=POST)
bp.add_url_rule(
    f"{ONE}/helper-invitations", "create_helper_invitation", create_helper_invitation, methods=POST
)
bp.add_url_rule(
    f"{ONE}{ASKED}/removal", "remove_helper_invitation", remove_helper_invitation, methods=POST
)
bp.add_url_rule(ASKED, "helper_invitation", helper_invitation)
bp.add_url_rule(ASKED, "answer_helper_invitation", answer_helper_invitation, methods=POST)
