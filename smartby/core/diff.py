"""Compare two versions of a text, word by word and paragraph by paragraph, as data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

Kind = Literal["same", "added", "removed"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_BLANK_LINE = re.compile(r"\n\s*\n")
# The comparison takes len * len / 64 steps and bits; a megabyte against another must not.
_MOST_PAIRS = 100_000_000
_MOST_PARAGRAPH_PAIRS = 2_500
_ALIKE = 40.0


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text that is in both versions, or only in the new or the old one."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the old text beside its new form; one side is empty when it has none."""

    left: list[Span]
    right: list[Span]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a stretch was in the old text and is in the new one."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        return self.old == self.new


def _ranges(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """Yield the stretches of two sequences that are equal or differ, in order."""
    if len(old) * len(new) > _MOST_PAIRS:
        yield slice(None), slice(None)
        return
    steps = LCSseq.opcodes(old, new)
    for _, group in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(group)
        yield (
            slice(run[0].src_start, run[-1].src_end),
            slice(run[0].dest_start, run[-1].dest_end),
        )


def _pieces(old: str, new: str) -> list[_Piece]:
    was, became = _TOKEN.findall(old), _TOKEN.findall(new)
    return [_Piece("".join(was[a]), "".join(became[b])) for a, b in _ranges(was, became)]


def _joined(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Join changes that touch or have only space between them: nobody reads in single words."""
    changed = _Piece("", "")
    space = ""
    for piece in pieces:
        if not piece.same:
            changed = _Piece(changed.old + space + piece.old, changed.new + space + piece.new)
            space = ""
        elif not changed.same and not space and piece.old.isspace():
            space = piece.old
        else:
            yield from (changed, _Piece(space, space), piece)
            changed, space = _Piece("", ""), ""
    yield from (changed, _Piece(space, space))


def _spans(piece: _Piece) -> Iterator[Span]:
    if piece.same:
        yield Span("same", piece.old)
    else:
        yield Span("removed", piece.old)
        yield Span("added", piece.new)


def word_diff(old: str, new: str) -> list[Span]:
    """Return one run of spans that reads as both versions: what stayed, went and came."""
    spans = (span for piece in _joined(_pieces(old, new)) for span in _spans(piece))
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].kind == span.kind:
            merged[-1] = Span(span.kind, merged[-1].text + span.text)
        elif span.text:
            merged.append(span)
    return merged


def _row(old: str | None, new: str | None) -> Row:
    if old is None or new is None:
        return Row(
            [] if old is None else [Span("removed", old)],
            [] if new is None else [Span("added", new)],
        )
    spans = word_diff(old, new)
    return Row(
        [span for span in spans if span.kind != "added"],
        [span for span in spans if span.kind != "removed"],
    )


def _scores(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """Return, for every pair of ends, how alike the paragraphs from there on can be paired."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            ratio = fuzz.ratio(old[i], new[j], score_cutoff=_ALIKE)
            paired = ratio + best[i + 1][j + 1] if ratio else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return best


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Pair rewritten paragraphs with what they were, in order; the rest came or went."""
    small = len(old) * len(new) <= _MOST_PARAGRAPH_PAIRS
    best = _scores(old, new) if small else [[0.0] * (len(new) + 1)] * (len(old) + 1)
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            yield _row(old[i], None)
            i += 1
        elif best[i][j] == best[i][j + 1]:
            yield _row(None, new[j])
            j += 1
        else:
            yield _row(old[i], new[j])
            i, j = i + 1, j + 1
    yield from (_row(text, None) for text in old[i:])
    yield from (_row(None, text) for text in new[j:])


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in _BLANK_LINE.split(text) if paragraph.strip()]


def side_by_side(old: str, new: str) -> list[Row]:
    """Return the paragraphs of both versions in rows, with what changed inside each."""
    was, became = _paragraphs(old), _paragraphs(new)
    return [row for a, b in _ranges(was, became) for row in _rows_of(list(was[a]), list(became[b]))]


def _rows_of(old: list[str], new: list[str]) -> Iterator[Row]:
    if old == new:
        return (Row([Span("same", text)], [Span("same", text)]) for text in old)
    return _paired(old, new)
