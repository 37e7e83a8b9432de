"""Which cards seem to say the same: suggestions that people accept or leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ..core.stemming import taken_apart, words

LIKE = 62.0  # of 100; below it cards share a common word and no more
MOST_CARDS = 400  # that are compared
MOST_SHOWN = 8  # suggestions
Text = tuple[int, str]  # a card's number and its words


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Cards that seem to belong together, and the word that most of them have."""

    ids: tuple[int, ...]
    title: str

    @property
    def key(self) -> str:
        """The cards' numbers as a button's value."""
        return "-".join(str(number) for number in self.ids)


@lru_cache(maxsize=64)
def suggestions(texts: tuple[Text, ...], lang: str) -> tuple[Suggestion, ...]:
    """Suggest groups: the card with the most that are like it comes first, with all of these."""
    near = _neighbours(texts[:MOST_CARDS], lang)
    left, found = set(near), []
    for number in sorted(near, key=lambda one: (-len(near[one]), one)):
        group = {number, *near[number]} & left
        if number in left and len(group) > 1:
            left -= group
            found.append(Suggestion(tuple(sorted(group)), _title(texts, group, lang)))
    return tuple(sorted(found, key=lambda one: (-len(one.ids), one.ids))[:MOST_SHOWN])


def _neighbours(texts: tuple[Text, ...], lang: str) -> dict[int, set[int]]:
    near: dict[int, set[int]] = {}
    for one, other in _alike([(n, frozenset(taken_apart(text, lang))) for n, text in texts]):
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    return near


def _alike(stems: list[tuple[int, frozenset[str]]]) -> Iterator[tuple[int, int]]:
    lines = {number: " ".join(sorted(found)) for number, found in stems}
    for place, (one, mine) in enumerate(stems):
        for other, theirs in stems[place + 1 :]:
            # Most pairs share nothing, and cost no more than this.
            if mine & theirs and fuzz.token_set_ratio(lines[one], lines[other]) >= LIKE:
                yield one, other


def _title(texts: tuple[Text, ...], group: set[int], lang: str) -> str:
    said = [words(text, lang) for number, text in texts if number in group]
    stems = Counter(stem for line in said for stem in {word.stem for word in line})
    stem = min(stems, key=lambda one: (-stems[one], one))
    forms = Counter(word.text for line in said for word in line if word.stem == stem)
    return min(forms, key=lambda one: (-forms[one], one)).capitalize()
