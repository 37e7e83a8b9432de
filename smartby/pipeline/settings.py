"""What administrators may change in the graph; promises already made stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select

from ..accounts.models import User
from ..config import LANGUAGES
from ..contributions.models import Contribution
from ..core.access import require
from ..core.clock import now
from ..core.errors import Invalid
from ..core.text import slugify
from ..core.transaction import announce, lock
from ..extensions import db
from ..municipalities.changes import Words, in_every_language
from ..municipalities.models import Municipality
from .facts import PipelineChanged
from .models import KINDS, Move, Stage
from .queries import Pipeline, moves_of, pipeline_of
from .ways import gaps

MOST_STAGES = 12
# Waits for moves that are on their way into the stage; new ones wait for us.
HOLD = select(Stage.id).where(Stage.id == bindparam("stage")).with_for_update()
STANDING = select(func.count(Contribution.id)).where(Contribution.stage_id == bindparam("stage"))


@dataclass(frozen=True, slots=True)
class StageValues:
    """A stage as an administrator describes it; names are nb, nn, en."""

    names: tuple[str, str, str]
    kind: str
    colour: str
    target_days: int | None
    advised_most: int | None
    allows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ways:
    """The stages that lead into a new stage and out of it; it is placed after the first."""

    source_id: int | None
    target_id: int | None


def add_stage(town: Municipality, values: StageValues, ways: Ways, *, by: User) -> Stage:
    """Add a stage after the one that leads to it, else at the end, with a way in and a way out."""
    pipeline = _begin(town, by)
    if len(pipeline.shown) >= MOST_STAGES:
        raise Invalid(_("Løpet kan ha %(most)s steg.", most=MOST_STAGES))
    source = _stage(pipeline, ways.source_id) if ways.source_id else None
    target = _stage(pipeline, ways.target_id) if ways.target_id else None
    stage = Stage(municipality_id=town.id, key=_key(values.names[0], pipeline), position=0)
    _tell_apart(values, pipeline.shown)
    _write(stage, values)
    _insert(pipeline, stage, source)
    _guard(pipeline_of(town.id))
    _open(town, [(source, stage)] if source else [])
    _open(town, [(stage, target)] if target else [])
    _done(town, stage, by, lambda: _("nytt steg %(stage)s", stage=stage.name))
    return stage


def mend_stage(town: Municipality, stage_id: int, *, by: User) -> None:
    """Open the ways into and out of a stage that it lacks; none when somebody has done it."""
    pipeline = _begin(town, by)
    stage = _stage(pipeline, stage_id)
    for gap in gaps(pipeline, moves_of(town.id)):
        if gap.stage is stage and gap.mending:
            _open(town, gap.mending)
            for source, target in gap.mending:
                _done(town, target, by, partial(_arrow_of, source, target))


def edit_stage(town: Municipality, stage_id: int, values: StageValues, *, by: User) -> Stage:
    """Change a stage; the dates already promised to people do not move."""
    pipeline = _begin(town, by)
    stage = _stage(pipeline, stage_id)
    _tell_apart(values, [each for each in pipeline.shown if each is not stage])
    _write(stage, values)
    _guard(pipeline)
    db.session.flush()
    _done(town, stage, by, lambda: _("steget %(stage)s", stage=stage.name))
    return stage


def archive_stage(town: Municipality, stage_id: int, *, by: User) -> Stage:
    """Take a stage out of use; only when nothing stands there."""
    pipeline = _begin(town, by)
    stage = _stage(pipeline, stage_id)
    db.session.execute(HOLD, {"stage": stage.id})
    if db.session.scalar(STANDING, {"stage": stage.id}):
        raise Invalid(_("Noe står i dette steget. Flytt det først."))
    stage.archived_at = now()
    _guard(pipeline)
    for move in moves_of(town.id):
        if stage.id in (move.from_id, move.to_id):
            db.session.delete(move)
    db.session.flush()
    _done(town, stage, by, lambda: _("steget %(stage)s tatt ut", stage=stage.name))
    return stage


def place_stage(town: Municipality, stage_id: int, *, up: bool, by: User) -> Stage:
    """Move a stage one place towards the beginning or the end."""
    pipeline = _begin(town, by)
    stage = _stage(pipeline, stage_id)
    shown = pipeline.shown
    place = shown.index(stage)
    other = place - 1 if up else place + 1
    if 0 <= other < len(shown):
        shown[place], shown[other] = shown[other], shown[place]
        for position, each in enumerate(shown):
            each.position = position
        _done(town, stage, by, lambda: _("rekkefølgen på stegene"))
    return stage


def add_move(
    town: Municipality, source_id: int, target_id: int, *, role: str, reason: bool, by: User
) -> Move:
    """Open a way between two stages, or change the one that is there."""
    pipeline = _begin(town, by)
    source, target = _stage(pipeline, source_id), _stage(pipeline, target_id)
    if source is target:
        raise Invalid(_("Velg to forskjellige steg."))
    query = select(Move).where(Move.from_id == source.id, Move.to_id == target.id)
    move = db.session.scalars(query).one_or_none()
    if move is None:
        move = Move(municipality_id=town.id, from_id=source.id, to_id=target.id)
        db.session.add(move)
    move.role = role
    move.reason_required = reason or target.kind == "lost"  # a no is always explained
    db.session.flush()
    _done(town, target, by, partial(_arrow_of, source, target))
    return move


def remove_move(town: Municipality, move_id: int, *, by: User) -> None:
    """Close a way between two stages."""
    pipeline = _begin(town, by)
    move = next((move for move in moves_of(town.id) if move.id == move_id), None)
    if move is None:
        return  # it is gone already, which is what was wanted
    source, target = pipeline.stage(move.from_id), pipeline.stage(move.to_id)
    db.session.delete(move)
    db.session.flush()
    _done(town, target, by, lambda: _arrow(_("ingen flytting"), source, target))


def _insert(pipeline: Pipeline, stage: Stage, after: Stage | None) -> None:
    """Place a new stage after another, or last; those behind it make room."""
    order = [each for each in pipeline.stages if each is not stage]
    order.insert(order.index(after) + 1 if after else len(order), stage)
    for position, each in enumerate(order):
        each.position = position
    db.session.add(stage)
    db.session.flush()


def _open(town: Municipality, ways: Iterable[tuple[Stage, Stage]]) -> None:
    for source, target in ways:
        move = Move(municipality_id=town.id, from_id=source.id, to_id=target.id)
        move.reason_required = target.kind == "lost"
        db.session.add(move)
    db.session.flush()


def _arrow_of(source: Stage, target: Stage) -> str:
    return _arrow(_("flytting"), source, target)


def _begin(town: Municipality, by: User) -> Pipeline:
    lock(town)
    require("pipeline.edit", town, by)
    return pipeline_of(town.id)


def _done(town: Municipality, stage: Stage | None, by: User, words: Words) -> None:
    announce(PipelineChanged(town, stage, in_every_language(words), by))


def _arrow(what: str, source: Stage | None, target: Stage | None) -> str:
    ends = " → ".join(stage.name for stage in (source, target) if stage)
    return f"{what} {ends}"


def _stage(pipeline: Pipeline, stage_id: int) -> Stage:
    stage = pipeline.stage(stage_id)
    if stage is None or stage.archived_at is not None:
        raise Invalid(_("Dette steget finnes ikke."))
    return stage


def _tell_apart(values: StageValues, others: Iterable[Stage]) -> None:
    """Refuse a name that another stage has in the same language: nobody could tell them apart."""
    taken = [(each.name_nb, each.name_nn, each.name_en) for each in others]
    for lang, name, used in zip(LANGUAGES, values.names, zip(*taken, strict=True), strict=True):
        if name.casefold() in map(str.casefold, used):
            message = _("Et annet steg heter %(name)s. Velg et annet navn.", name=name)
            raise Invalid(message, field=f"name_{lang}")


def _write(stage: Stage, values: StageValues) -> None:
    if values.kind not in KINDS:
        raise Invalid(_("Velg hva slags steg det er."), field="kind")
    stage.name_nb, stage.name_nn, stage.name_en = values.names
    stage.kind = values.kind
    stage.colour = values.colour
    stage.target_days = values.target_days
    stage.advised_most = values.advised_most
    for what in ("edit", "support", "comment"):
        setattr(stage, f"allows_{what}", what in values.allows)


def _guard(pipeline: Pipeline) -> None:
    kinds = [stage.kind for stage in pipeline.shown]
    if "open" not in kinds:
        raise Invalid(_("Løpet må ha minst ett åpent steg, der det begynner."))
    if "won" not in kinds:
        raise Invalid(_("Løpet må ha minst ett steg der det er i mål."))
    if pipeline.first.kind != "open":
        raise Invalid(_("Det første steget på linjen må være åpent."))


def _key(name: str, pipeline: Pipeline) -> str:
    base = slugify(name, 24).replace("-", "_") or "stage"
    taken = {stage.key for stage in pipeline.stages}
    numbers = (f"{base}_{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (base, *numbers) if key not in taken)
