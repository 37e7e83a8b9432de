"""Harvesting a workshop over HTTP: choose, look over, publish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import Row

from ..contributions.access import readable_by
from ..contributions.similar_queries import Written, similar_to
from ..core.access import actor, allows, can, me
from ..core.clock import now
from ..core.errors import Invalid, KeyReused, Refusal
from ..core.forms import Form
from ..core.idempotency import once
from ..facilitation.models import Run
from ..facilitation.unseen import unseen_in
from ..pipeline.queries import units_of
from .actions import CHALLENGE, IDEA, Pick
from .actions import harvest as harvest_
from .forms import BasketForm, ItemForm, read_keys
from .proposals import pointing, proposed
from .queries import Crop, became, crops_of, plots_of

Items = list[tuple[str, ItemForm]]


@allows("outcomes.harvest", Run)
def harvest(run: Run) -> str:
    """List what a workshop has made, and what has become something already."""
    return _list(run)


@allows("outcomes.harvest", Run)
def new(run: Run) -> Any:
    """Propose what the chosen items are published as."""
    keys = read_keys(request.args.getlist("pick"))
    with force_locale(run.workshop.lang):  # results are told in the text, in its language
        crops = crops_of(run)
    done = {row.item for row in became(run.id)}
    chosen = [key for key in keys if key in crops and key not in done]
    if not chosen:
        return _list(run, refused=_("Kryss av for minst én ting som ikke er høstet ennå.")), 422
    kind = CHALLENGE if request.args.get("as") == CHALLENGE else IDEA
    items = [
        (
            key,
            ItemForm(formdata=None, prefix=_prefix(place), **proposed(run.workshop, crops[key])),
        )
        for place, key in enumerate(chosen)
    ]
    return _form(run, BasketForm(formdata=None, kind=kind), items)


@allows("outcomes.harvest", Run)
def create(run: Run) -> Any:
    """Publish what was chosen."""
    form = BasketForm()
    form.offer(_units())
    keys = read_keys(request.form.getlist("pick"))
    items = [(key, ItemForm(prefix=_prefix(place))) for place, key in enumerate(keys)]
    valid = [form.validate_on_submit(), *(item.validate() for _key, item in items)]
    if not keys:
        return _list(run, refused=_("Kryss av for minst én ting som ikke er høstet ennå.")), 422
    if not all(valid):
        return _form(run, form, items), 422
    basket = form.basket(_picks(items))
    try:
        made = once(form.key.data or "", actor(), harvest_, run, basket, by=me())
    except Refusal as refusal:
        return _refused(run, form, items, refusal)
    flash(_told(basket.kind, made), "success")
    return redirect(url_for("outcomes.harvest", number=run.id), 303)


def _picks(items: Items) -> list[Pick]:
    return [Pick(key, item.content(), question=item.question.data or "") for key, item in items]


def _told(kind: str, made: int) -> str:
    if kind == CHALLENGE:
        return str(
            ngettext("%(num)d utfordring er publisert.", "%(num)d utfordringer er publisert.", made)
        )
    return str(ngettext("%(num)d idé er publisert.", "%(num)d ideer er publisert.", made))


def _refused(run: Run, form: BasketForm, items: Items, refusal: Refusal) -> Any:
    if not isinstance(refusal, Invalid):
        raise refusal
    if isinstance(refusal, KeyReused):
        # The same page, changed and sent again: what is published already is left as it is.
        form.key.data, form.key.raw_data = Form(formdata=None).key.data, None
    return _form(run, form, items, refused=refusal.message), refusal.status


def _list(run: Run, refused: str = "") -> str:
    rows = became(run.id)
    return render_template(
        "outcomes/harvest.html", run=run, workshop=run.workshop, plots=plots_of(run),
        became={row.item: row for row in rows}, refused=refused,
        linked={row.id for row in rows if readable_by(me(), row)},  # type: ignore[arg-type] # a row
        picked=read_keys(request.args.getlist("pick")),
        unseen=[each for each in unseen_in(run) if each.unseen],
    )  # fmt: skip


def _form(run: Run, form: BasketForm, items: Items, refused: str = "") -> str:
    form.offer(_units())
    crops, fed = crops_of(run), run.workshop.challenge
    return render_template(
        "outcomes/new.html", run=run, workshop=run.workshop, form=form, refused=refused,
        items=[(key, item, *_told_of(run, crops.get(key))) for key, item in items],
        alike={key: _alike(item, crops.get(key)) for key, item in items},
        challenges=form.kind.data == CHALLENGE,
        answers=fed if fed is not None and fed.is_open(now()) else None,
    )  # fmt: skip


def _alike(item: ItemForm, crop: Crop | None) -> Sequence[Row[Any]]:
    """Return what is there already and resembles an item: the room need not have known of it."""
    # What the room said, and not the sentences about the workshop: those resemble all others'.
    said = "\n".join(crop.item.quotes) if crop else ""
    return similar_to(g.municipality.id, Written(item.title.data or "", said, item.written))


def _told_of(run: Run, crop: Crop | None) -> tuple[Crop | None, dict[int, list[str]]]:
    return crop, {} if crop is None else pointing(run.workshop, crop.item)


def _units() -> Any:
    return units_of(g.municipality.id) if can("challenges.call", g.municipality) else ()


def _prefix(place: int) -> str:
    return f"item{place}-"
