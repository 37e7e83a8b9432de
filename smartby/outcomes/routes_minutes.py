"""A workshop's minutes over HTTP: the page, the files, and the board as a picture."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, g, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..core.access import allows, can
from ..core.errors import NotFound
from ..core.text import slugify
from ..extensions import db
from ..facilitation.models import Run
from ..workshops.models import Workshop
from .exports import as_json, as_xlsx
from .long_table import as_csv
from .minutes import Minutes, minutes_of
from .printing import as_pdf, board_of

Make = Callable[[Minutes, str], bytes]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: dict[str, tuple[Make, str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "xlsx": (as_xlsx, SHEET),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}
PICTURES = {"png": "image/png", "svg": "image/svg+xml"}
WORDS = (
    ("pdf", "PDF"),
    ("xlsx", _l("Regneark (XLSX)")),
    ("csv", "CSV"),
    ("json", "JSON"),
)


@allows("workshops.see", Workshop)
def minutes(workshop: Workshop) -> str:
    """Show the minutes."""
    return render_template(
        "outcomes/minutes.html", workshop=workshop, minutes=_read(workshop), forms=WORDS
    )


@allows("workshops.see", Workshop)
def export(workshop: Workshop, form: str) -> Response:
    """Hand out the minutes as a file."""
    if form not in FORMS:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    make, type_ = FORMS[form]
    content = make(_read(workshop), g.municipality.slug or "")
    return _file(content, type_, _("referat"), workshop, form)


@allows("workshops.see", Workshop)
def board(workshop: Workshop, form: str) -> Response:
    """Hand out the board as a picture."""
    if form not in PICTURES:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    content = board_of(_read(workshop), form)
    return _file(content, PICTURES[form], _("tavle"), workshop, form)


def _read(workshop: Workshop) -> Minutes:
    run = db.session.get(Run, workshop.id)
    # Before it is over, nobody but those who lead knows that there are any.
    if run is None or not can("minutes.read", workshop):
        raise NotFound(_("Vi finner ikke det du leter etter."))
    return minutes_of(run)


def _file(content: bytes, type_: str, what: str, workshop: Workshop, form: str) -> Response:
    answer = Response(content, content_type=type_)
    name = f"{slugify(what)}-{slugify(workshop.title)[:60].strip('-')}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
