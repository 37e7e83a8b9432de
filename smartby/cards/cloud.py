"""A cloud of words: counted by what they mean, and laid out in lines, the biggest in the middle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from ..core.stemming import stems
from ..facilitation.models import Card

WIDTH = 1000.0
SMALLEST, LARGEST = 26.0, 92.0  # font sizes
LETTER = 0.6  # of the size: how wide a letter is, taken generously
LINE, GAP = 1.2, 0.35  # of the size: a line's height, and what is between two words
MOST_DRAWN = 60


@dataclass(frozen=True, slots=True)
class Word:
    """What several have said: in its most common form, with how many said it."""

    text: str
    count: int
    card: int  # the first that said it
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A word where it is drawn; x is its middle, y its foot."""

    text: str
    count: int
    size: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Cloud:
    """A drawing: words in their places, and how high it is."""

    words: tuple[Placed, ...]
    height: float
    width: float = WIDTH


def key_of(text: str, lang: str) -> str:
    """Return what makes two words the same: their stems, whatever their case and endings."""
    return " ".join(stems(text, lang)) or text.casefold()


def counted(cards: Iterable[Card], lang: str) -> list[Word]:
    """Count words, each person once; the most said first, then in order of the alphabet."""
    said: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        said[key_of(card.body, lang)].append(card)
    found = [_word(same) for same in said.values()]
    return sorted(found, key=lambda word: (-word.count, word.text.casefold()))


def _word(cards: Sequence[Card]) -> Word:
    forms = Counter(card.body for card in cards)
    text = min(forms, key=lambda form: (-forms[form], form))
    authors = tuple(sorted({card.author for card in cards}))
    return Word(text, len(authors), min(card.id for card in cards), authors)


def drawn(words: Sequence[Word]) -> Cloud:
    """Lay out the words that are said most."""
    return _laid_out(tuple((word.text, word.count) for word in words[:MOST_DRAWN]))


@lru_cache(maxsize=64)
def _laid_out(words: tuple[tuple[str, int], ...]) -> Cloud:
    most = max((count for _text, count in words), default=1)
    lines = _lines([(text, count, _size(text, count, most)) for text, count in words])
    # Line by line to the middle's other side: what is said most is in the middle.
    order = [*reversed(range(1, len(lines), 2)), *range(0, len(lines), 2)]
    placed: list[Placed] = []
    foot = 0.0
    for line in (lines[place] for place in order):
        height = max(size for _text, _count, size in line)
        foot += height * LINE
        placed += _in_line(line, foot - height * 0.25)
    return Cloud(tuple(placed), foot)


def _size(text: str, count: int, most: int) -> float:
    size = SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most) if most > 1 else 48.0
    return round(min(size, WIDTH * 0.96 / (LETTER * max(len(text), 1))), 1)


def _lines(words: list[tuple[str, int, float]]) -> list[list[tuple[str, int, float]]]:
    lines: list[list[tuple[str, int, float]]] = []
    left = 0.0
    for word in words:
        wide = _wide(word)
        if not lines or wide > left:
            lines.append([])
            left = WIDTH
        lines[-1].append(word)
        left -= wide + GAP * word[2]
    return lines


def _in_line(line: list[tuple[str, int, float]], foot: float) -> Iterable[Placed]:
    total = sum(_wide(word) + GAP * word[2] for word in line) - GAP * line[-1][2]
    left = (WIDTH - total) / 2
    for text, count, size in line:
        wide = _wide((text, count, size))
        yield Placed(text, count, size, round(left + wide / 2, 1), round(foot, 1))
        left += wide + GAP * size


def _wide(word: tuple[str, int, float]) -> float:
    return len(word[0]) * word[2] * LETTER
