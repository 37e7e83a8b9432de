"""The town's graph drawn: as Mermaid text for documents, and as boxes and arrows for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .models import Move, Stage
from .queries import LINE_KINDS, needs_reason

WIDE, HIGH, GAP = 132, 44, 28  # a box and the space beside it
LINE_TOP, SIDE_TOP = 96, 236
SHAPES = {
    "open": "([{}])", "work": "[{}]", "won": "[[{}]]", "parked": "[/{}/]", "lost": "{{{{{}}}}}"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A stage in the drawing."""

    stage: Stage
    x: float
    y: float

    @property
    def middle(self) -> float:
        """Its middle from the left."""
        return self.x + WIDE / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move in the drawing; `reason` and `back` choose how the line looks."""

    path: str
    reason: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes, arrows and the room they need."""

    boxes: list[Box]
    arrows: list[Arrow]
    width: int
    height: int


def mermaid(stages: Sequence[Stage], moves: Sequence[Move]) -> str:
    """Write the graph as Mermaid: dotted where a public reason is required."""
    known = {stage.id: stage for stage in stages}
    lines = ["flowchart LR"]
    lines += [f"  {s.key}{SHAPES[s.kind].format(_quoted(s.name_nb))}" for s in stages]
    for move in moves:
        source, target = known.get(move.from_id), known.get(move.to_id)
        if source is None or target is None:
            continue
        arrow = "-.->" if needs_reason(move, target) else "-->"
        note = "" if move.role == "moderator" else f"|{move.role}|"
        lines.append(f"  {source.key} {arrow}{note} {target.key}")
    return "\n".join(lines)


def drawing(stages: Sequence[Stage], moves: Sequence[Move]) -> Drawing:
    """Lay the line in a row and the other stages under it, with an arrow for each move."""
    line = [stage for stage in stages if stage.kind in LINE_KINDS]
    side = [stage for stage in stages if stage.kind not in LINE_KINDS]
    boxes = _row(line, LINE_TOP) + _row(side, SIDE_TOP)
    placed = {box.stage.id: box for box in boxes}
    arrows = [
        _arrow(placed[move.from_id], placed[move.to_id], move)
        for move in moves
        if move.from_id in placed and move.to_id in placed
    ]
    width = max((box.x + WIDE + GAP for box in boxes), default=WIDE)
    height = (SIDE_TOP if side else LINE_TOP) + HIGH + GAP
    return Drawing(boxes, arrows, int(width), int(height))


def _row(stages: Sequence[Stage], top: int) -> list[Box]:
    return [Box(stage, GAP + place * (WIDE + GAP), top) for place, stage in enumerate(stages)]


def _arrow(source: Box, target: Box, move: Move) -> Arrow:
    back = source.y == target.y and target.x < source.x
    reason = needs_reason(move, target.stage)
    if source.y != target.y:
        path = _between_rows(source, target)
    elif not back and target.x - source.x <= WIDE + GAP:
        middle = source.y + HIGH / 2
        path = f"M{source.x + WIDE} {middle}H{target.x - 7}"
    else:
        path = _arc(source, target, back)
    return Arrow(path, reason, back)


def _between_rows(source: Box, target: Box) -> str:
    down = target.y > source.y
    start = source.y + HIGH if down else source.y
    end = target.y - 7 if down else target.y + HIGH + 7
    half = (start + end) / 2
    shift = 12 if down else -12  # there and back do not lie upon each other
    a, b = source.middle + shift, target.middle + shift
    return f"M{a} {start}C{a} {half} {b} {half} {b} {end}"


def _arc(source: Box, target: Box, back: bool) -> str:
    sign = 1 if back else -1
    edge = source.y + HIGH if back else source.y
    bend = edge + sign * (26 + 8 * abs(target.x - source.x) / (WIDE + GAP))
    a, b = source.middle + sign * 24, target.middle - sign * -24
    return f"M{a} {edge}C{a} {bend} {b} {bend} {b} {edge + sign * 7}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "#quot;") + '"'
