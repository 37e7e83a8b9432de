"""Counting the room and the homes by themselves, never fewer than five ballots."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .papers import ENOUGH, Line, Paper, Part

HERE, HOME, PAPER = "room", "home", "paper"


def parts_of(papers: Sequence[Paper], count: Callable[[list[Paper]], list[Line]]) -> list[Part]:
    """Count the room, the homes and what came on paper separately.

    Nothing is told when one of them is fewer than five ballots: with the total one could work it
    out.
    """
    said = [paper for paper in papers if paper.counts]
    split: dict[str, list[Paper]] = {}
    for paper in said:
        name = PAPER if paper.way == PAPER else HOME if paper.at_home else HERE
        split.setdefault(name, []).append(paper)
    if len(split) < 2 or any(len(some) < ENOUGH for some in split.values()):
        return []
    names = [name for name in (HERE, HOME, PAPER) if name in split]
    return [_part(name, split[name], count(split[name])) for name in names]


def _part(name: str, papers: Sequence[Paper], lines: Sequence[Line]) -> Part:
    scores = {line.item: line.score for line in lines}
    return Part(name, sum(paper.heads for paper in papers), scores)
