"""Withdrawing one's own contribution, and hiding any, over HTTP: always with a public reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ..core.access import actor, allows, find, me, require
from ..core.errors import Invalid, NotFound, Refusal, SignInNeeded
from ..core.idempotency import once
from .actions import hide as hide_it
from .actions import withdraw as withdraw_it
from .forms import ReasonForm
from .models import Contribution
from .routes_drafts import bp


@bp.get("/contributions/<int:number>/withdrawal")
@allows("contributions.withdraw", Contribution)
def withdraw(contribution: Contribution) -> str:
    """Ask why, and say what withdrawing means."""
    return _page("withdraw", contribution, ReasonForm(formdata=None))


@bp.post("/contributions/<int:number>/withdrawal")
@allows("town.take_part")  # sent twice it is withdrawn already: the action asks for the right
def create_withdrawal(number: int) -> Any:
    """Withdraw one's own contribution."""
    form, contribution = ReasonForm(), _found(number)
    if not form.validate_on_submit():
        require("contributions.withdraw", contribution, me())
        return _page("withdraw", contribution, form), 422

    def act() -> None:
        key, reason = form.key.data or "", form.reason.data
        once(key, actor(), withdraw_it, contribution, reason=reason, by=me())
        flash(_("Trukket tilbake. Alle kan fortsatt lese det."), "success")

    return _done("withdraw", number, form, act)


@bp.get("/contributions/<int:number>/hiding")
@allows("contributions.hide", Contribution)
def hide(contribution: Contribution) -> str:
    """Ask why it is to be hidden, or shown again."""
    return _page("hide", contribution, ReasonForm(formdata=None))


@bp.post("/contributions/<int:number>/hiding")
@allows("contributions.hide", Contribution)
def update_hiding(contribution: Contribution) -> Any:
    """Make a contribution be hidden or shown, as wanted."""
    form = ReasonForm()
    wanted, number = form.wanted.data, contribution.id
    if wanted not in ("yes", "no"):
        raise Invalid(_("Si om bidraget skal skjules eller vises igjen."))
    if not form.validate_on_submit():
        return _page("hide", contribution, form), 422

    def act() -> None:
        key, reason = form.key.data or "", form.reason.data
        once(key, actor(), hide_it, contribution, hidden=wanted == "yes", reason=reason, by=me())
        flash(_("Skjult.") if wanted == "yes" else _("Vist igjen."), "success")

    return _done("hide", number, form, act)


def _done(which: str, number: int, form: ReasonForm, act: Callable[[], None]) -> Any:
    try:
        act()
    except Refusal as refusal:
        if isinstance(refusal, NotFound | SignInNeeded):
            raise
        return _page(which, _found(number), form, refusal.message), refusal.status
    return redirect(url_for(f"{_found(number).kind}s.show", number=number), 303)


def _found(number: int) -> Any:
    return find(Contribution, number, me())


def _page(which: str, contribution: Contribution, form: ReasonForm, refused: str = "") -> str:
    return render_template(
        f"contributions/{which}.html",
        contribution=contribution,
        form=form,
        refused=refused,
        home=url_for(f"{contribution.kind}s.show", number=contribution.id),
    )
