"""Counting the room and the homes by themselves, never fewer than five ballots."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .papers import ENOUGH, Line, Paper, Part

HERE, HOME = "room", "home"


def parts_of(papers: Sequence[Paper], count: Callable[[list[Paper]], list[Line]]) -> list[Part]:
    """Count the room and the homes separately.

    Nothing is told when either is fewer than five ballots: with the total one could work it out.
    """
    said = [paper for paper in papers if paper.counts]
    split = {
        HERE: [paper for paper in said if not paper.at_home],
        HOME: [paper for paper in said if paper.at_home],
    }
    if any(len(some) < ENOUGH for some in split.values()):
        return []
    return [_part(name, some, count(some)) for name, some in split.items()]


def _part(name: str, papers: Sequence[Paper], lines: Sequence[Line]) -> Part:
    scores = {line.item: line.score for line in lines}
    return Part(name, sum(paper.heads for paper in papers), scores)
