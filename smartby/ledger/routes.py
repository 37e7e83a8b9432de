"""The town's public log, and the page of each entry."""

from __future__ import annotations

import json
import re

from flask import g, render_template, request
from flask_babel import gettext as _

from ..core.access import allows
from ..core.errors import NotFound
from ..core.text import clean
from ..municipalities.tenancy import town_blueprint
from .kinds import GROUPS
from .log import Filter, months, page
from .queries import entry_by_number, hidden_among

bp = town_blueprint("ledger", __name__)
blueprints = (bp,)
LONGEST = 2**31
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@bp.get("/log")
@allows("town.see")
def log() -> str:
    """Show the ledger, newest first."""
    wanted = _filter()
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before < LONGEST:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return render_template(
        "ledger/log.html",
        page=page(g.municipality.id, wanted, before),
        wanted=wanted,
        before=before,
        groups=GROUPS,
        months=months(g.municipality.id),
    )


@bp.get("/log/<int:seq>")
@allows("town.see")
def show(seq: int) -> str:
    """Show an entry with what was hashed, and how to check it."""
    entry = entry_by_number(g.municipality.id, seq) if 0 < seq < LONGEST else None
    if entry is None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    entry.hidden = bool(hidden_among({entry.subject}))
    return render_template("ledger/show.html", entry=entry, content=json.loads(entry.entry))


def _filter() -> Filter:
    try:
        words = str(clean(request.args.get("q", "")))[:80].strip()
    except ValueError:
        words = ""
    group, month = request.args.get("type", ""), request.args.get("month", "")
    return Filter(
        group=group if group in GROUPS else "",
        month=month if MONTH.fullmatch(month) else "",
        words=words,
    )
