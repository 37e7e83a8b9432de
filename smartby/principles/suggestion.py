"""Suggest which of the eight principles a text is about, and say which of its words told so."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from smartby.core.stemming import Word, stems, words

_PROFILES = Path(__file__).parent / "profiles.json"
_ENOUGH = 3.0  # one telling word or two weaker ones; a single weak word says nothing
_SURE = 4.0  # two telling words: enough to choose for the writer, who may choose otherwise
_BESIDE_THE_BEST = 0.4
_SHORTEST_PART = 4
_PART_WEIGHT = 0.7  # "klima" inside "klimabudsjett" tells nearly as much as alone
_MOST_REASONS = 5
_AS_WRITTEN = "="  # before a word of a profile whose stem means more: "åpenhet" is not "åpent"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A principle, how strongly the text points to it, and the words that do."""

    principle_id: int
    score: float
    because: list[str]

    @property
    def sure(self) -> bool:
        """Whether the text says so clearly that the principle may be chosen beforehand."""
        return self.score >= _SURE


@dataclass(slots=True)
class _Tally:
    score: float = 0.0
    because: list[str] = field(default_factory=list)


_Profile = Mapping[str, Mapping[int, float]]


@lru_cache(maxsize=8)
def _profile(lang: str) -> _Profile:
    """Return the weight that each stem has for each principle."""
    profiles = json.loads(_PROFILES.read_text("utf-8"))["principles"]
    weights: dict[str, dict[int, float]] = {}
    for principle_id, languages in profiles.items():
        for word, weight in languages.get(lang, {}).items():
            for stem in [word] if word.startswith(_AS_WRITTEN) else stems(word, lang):
                found = weights.setdefault(stem, {})
                found[int(principle_id)] = max(weight, found.get(int(principle_id), 0.0))
    return weights


def _parts(stem: str) -> Iterator[str]:
    """Yield the beginnings and ends of a stem, the longest first: Norwegian writes in one word."""
    for length in range(len(stem) - 1, _SHORTEST_PART - 1, -1):
        yield stem[:length]
        yield stem[-length:]


@lru_cache(maxsize=20_000)
def _weights(stem: str, lang: str) -> Mapping[int, float]:
    profile = _profile(lang)
    if stem in profile:
        return profile[stem]
    part = next((part for part in _parts(stem) if part in profile), "")
    return {key: weight * _PART_WEIGHT for key, weight in profile.get(part, {}).items()}


def _known_as(word: Word, lang: str) -> str:
    """Return by what a word stands in the profiles."""
    exact = f"{_AS_WRITTEN}{word.text}"
    return exact if exact in _profile(lang) else word.stem


def _tallies(text: str, lang: str) -> dict[int, _Tally]:
    tallies: dict[int, _Tally] = {}
    # A word counts once: repeating "data" does not make a text more about data.
    found = {_known_as(word, lang): word for word in reversed(words(text, lang))}
    for name, word in found.items():
        for principle_id, weight in _weights(name, lang).items():
            tally = tallies.setdefault(principle_id, _Tally())
            tally.score += weight
            tally.because.insert(0, word.text)
    return tallies


def suggest(text: str, lang: str, limit: int = 3) -> list[Suggestion]:
    """Return the principles that the text is most about, the strongest first; often none."""
    tallies = _tallies(text, lang)
    best = max((tally.score for tally in tallies.values()), default=0.0)
    enough = max(_ENOUGH, best * _BESIDE_THE_BEST)
    found = [
        Suggestion(principle_id, round(tally.score, 2), tally.because[:_MOST_REASONS])
        for principle_id, tally in tallies.items()
        if tally.score >= enough
    ]
    return sorted(found, key=lambda one: (-one.score, one.principle_id))[:limit]
