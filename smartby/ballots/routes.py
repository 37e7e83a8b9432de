"""Ballots on paper over HTTP: a sheet is filled in, looked at, brought in, and taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..core.access import actor, allows, me
from ..core.errors import Invalid, NotFound
from ..core.forms import Form
from ..core.idempotency import once
from ..facilitation.models import Run
from ..facilitation.play import play_of
from ..municipalities.tenancy import town_blueprint
from ..workshops.models import Activity
from .counting import Counting
from .doubts import impossible, is_surprising
from .forms import StackForm
from .items import options_of
from .models import Round
from .queries import could_vote, turnout_of
from .routes_sheet import sheet
from .stack import Stack, columns_of, lines_on, round_for_paper
from .stacks import bring_in, stacks_of, take_out
from .typed_sheets import order_of, read, sheet_of
from .unphoned import idle, not_on_paper

bp = town_blueprint("ballots", __name__)
blueprints = (bp,)
ONE = "/workshops/<int:number>/paper-ballots"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet that was typed says, and what has to be put right or answered first."""

    stack: Stack
    unknown: Sequence[str]  # lines that say nothing of any item
    impossible: Sequence[str]  # what is wrong with a line, or cannot be said by so many sheets
    asks: bool  # whether so many sheets are surprising, and nobody has said that it is so many
    is_surprising: bool
    sure: bool  # whether it is to be brought in now

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be brought in as it is."""
        return bool(self.unknown or self.impossible) or (self.sure and self.asks)

    @property
    def is_unanswered(self) -> bool:
        """Whether the number has to be confirmed before anything is brought in."""
        return self.asks and self.is_refused

    @property
    def is_wanted(self) -> bool:
        """Whether it is brought in."""
        return self.sure and not self.is_refused


@allows("facilitation.help", Run)
def stacks(run: Run) -> str:
    """Show the sheet to fill in, and what has been brought in."""
    return _page(run)


@allows("facilitation.help", Run)
def create(run: Run) -> Any:
    """Show what a sheet says before it is brought in; then bring it in."""
    form, round_ = StackForm(), round_for_paper(run.activity)
    is_valid = form.validate_on_submit()
    if round_ is None or run.activity is None or "csrf_token" in form.errors:
        return _page(run, form=form), 422
    # Also of a form that is not filled in right: all that is wrong is told at once.
    reading = _read(run, run.activity, round_, form)
    if not is_valid:
        return _page(run, form=form, reading=reading), 422
    if not reading.is_wanted:
        return _page(run, form=form, reading=reading), 422 if reading.is_refused else 200
    activity = request.form.get("activity", "")
    number = (
        int(activity) if activity.isascii() and activity.isdecimal() and len(activity) < 10 else 0
    )
    try:
        many = once(form.key.data or "", actor(), bring_in, run, number, reading.stack, by=me())
    except (Invalid, NotFound) as refusal:
        return _page(run, form=form, reading=reading, refused=refusal.message), refusal.status
    flash(ngettext("%(num)d seddel er lagt inn.", "%(num)d sedler er lagt inn.", many), "success")
    return redirect(url_for("ballots.stacks", number=run.id), 303)


@allows("facilitation.help", Run)
def remove(run: Run, stack: int) -> Any:
    """Take a stack out again."""
    form = Form()
    if not form.validate_on_submit():
        raise Invalid
    try:
        once(form.key.data or "", actor(), take_out, run, run.activity_id or 0, stack, by=me())
    except (Invalid, NotFound) as refusal:
        return _page(run, refused=refusal.message), refusal.status
    flash(_("Sedlene er tatt ut igjen."), "success")
    return redirect(url_for("ballots.stacks", number=run.id), 303)


def _read(run: Run, activity: Activity, round_: Round, form: StackForm) -> Reading:
    people, columns = form.people.data or 0, columns_of(activity, round_)
    typed = "" if form.lines.errors else form.lines.data or ""
    counts, unknown, wrong = read(
        typed, lines_on(activity, round_), columns, order_of(_names(activity, columns))
    )
    # Of a number that cannot be, nothing more is asked than another one.
    fits = not form.people.errors
    much = fits and is_surprising(round_, people)
    if (
        form.listed.data is None and not form.listed.errors
    ):  # they are taken to be theirs until somebody says otherwise
        form.listed.process_data(min(people, not_on_paper(run, round_)))
        form.listed.raw_data = None  # so that it is shown
    # The box says of which number it was ticked: another one is asked about anew.
    asks = much and request.form.get("many") != str(people)
    stack = Stack(people, counts, form.listed.data or 0)
    wrong += impossible(run, activity, round_, stack) if fits else []
    return Reading(stack, unknown, wrong, asks, much, "sure" in request.form)


def _page(run: Run, *, form: StackForm | None = None, **values: Any) -> str:
    round_ = round_for_paper(run.activity)
    shown: dict[str, Any] = {
        "options": {},
        "titles": {},
        "columns": [],
        "heads": [],
        "known": [],
        "hint": "",
        "order": "",
    }
    said = {"refused": "", "reading": None, **values}
    if round_ is not None and run.activity is not None:
        shown = _of_round(run, run.activity, round_)
    empty = sheet_of(shown["titles"], shown["columns"], shown["order"])
    form = form or StackForm(formdata=None, lines=empty)
    return render_template(
        "ballots/stacks.html", run=run, workshop=run.workshop, round=round_, form=form,
        **shown, **said,
    )  # fmt: skip


def _of_round(run: Run, activity: Activity, round_: Round) -> dict[str, Any]:
    kind, columns = play_of(activity), columns_of(activity, round_)
    names = _names(activity, columns)
    return {
        "options": options_of(round_.items),
        "titles": lines_on(activity, round_),
        "columns": columns,
        "heads": names or columns,
        "order": order_of(names),
        "known": [kept for kept in stacks_of(activity) if kept["round"] == round_.id],
        "hint": kind.paper_hint if isinstance(kind, Counting) else "",
        "idle": idle(run, round_),
        "left": not_on_paper(run, round_),
        "told": turnout_of(round_),
        "there": could_vote(round_),
    }


def _names(activity: Activity, columns: Sequence[int]) -> list[str]:
    kind = play_of(activity)
    return kind.mark_names(columns) if isinstance(kind, Counting) and columns else []


bp.add_url_rule(ONE, "stacks", stacks)
bp.add_url_rule("/workshops/<int:number>/programme/<int:step>/ballots", "sheet", sheet)
bp.add_url_rule(ONE, "create", create, methods=["POST"])
bp.add_url_rule(f"{ONE}/<int:stack>/removal", "remove", remove, methods=["POST"])
