"""Find the contributions that say nearly the same as what somebody is writing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from rapidfuzz import fuzz

from smartby.core.stemming import parts, taken_apart

# Tried on pairs of real wording: below it, titles share a common word and no more.
THRESHOLD = 60.0
_ENOUGH_SHARED = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contribution to compare with: its title, and the stems of its title and text."""

    id: int
    title: str
    stems: Collection[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A contribution that resembles the text, with a score up to 100."""

    id: int
    score: float


def _shared(query: frozenset[str], candidate: Collection[str]) -> float:
    """Return how much of the shorter text is in the other too, 0-100; few words prove nothing."""
    other = frozenset(stem for stem in candidate if not parts(stem))
    both = len(query & other)
    return 100 * both / min(len(query), len(other)) if both >= _ENOUGH_SHARED else 0.0


def rank(
    query_title: str,
    query_text: str,
    candidates: Sequence[Candidate],
    lang: str,
    limit: int = 8,
) -> list[Match]:
    """Return the candidates that resemble the text, the most alike first."""
    title = " ".join(taken_apart(query_title, lang))
    whole = frozenset(taken_apart(f"{query_title}\n{query_text}", lang))
    matches = _alike(title, whole, candidates, lang)
    return nlargest(limit, matches, key=lambda match: (match.score, -match.id))


def _alike(
    title: str, whole: frozenset[str], candidates: Sequence[Candidate], lang: str
) -> Iterator[Match]:
    for candidate in candidates:
        titles = fuzz.token_set_ratio(title, " ".join(taken_apart(candidate.title, lang)))
        shared = _shared(whole, candidate.stems)
        score = min(100, max(titles, 0.5 * titles + 0.5 * shared, 1.1 * shared))
        if score >= THRESHOLD:
            yield Match(candidate.id, round(score, 1))
