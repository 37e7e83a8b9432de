"""Reduce words to the stems by which ideas are found: bokmål and nynorsk meet, spelling bends."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .compounds import Compounds

_DATA = Path(__file__).parent / "data"
_STOP: Mapping[str, list[str]] = json.loads((_DATA / "stopwords.json").read_text("utf-8"))
_SYNONYMS = json.loads((_DATA / "synonyms.json").read_text("utf-8"))
_NAMES = frozenset(json.loads((_DATA / "names.json").read_text("utf-8"))["given"])
_SAME: Mapping[str, str] = _SYNONYMS["words"]
# A town writes both bokmål and nynorsk, so the small words of both are left out.
_NORWEGIAN_STOP = frozenset(_STOP["nb"]) | frozenset(_STOP["nn"])
_ENGLISH_STOP = frozenset(_STOP["en"])
_SHORT_FIRST = re.compile(r"\b([^\W\d_]{1,2})-(?=[^\W\d_])")  # e-post, el-bil
_WORD = re.compile(r"[^\W_]+")
_SECOND_ENDING = re.compile(r"(?<=.{3})(?:ern|er|ar)\Z")
_SOFT_ENDING = re.compile(r"(?<=[gk])j\Z")
# Too short for snowball to touch: byen, sjøen, treet, øya, veiene.
_SHORT_ROOT = re.compile(r"([^\W\d_]{1,3}[aeiouyæøå])(?:ene|en|et|er|a)")
_LONGEST_WORD = 60
_SHORTEST_REST = 3


class Word(NamedTuple):
    """A word as someone wrote it, and its stem."""

    text: str
    stem: str


class _Folding(dict[int, str]):
    """Letters without their diacritics, except æ, ø and å, which are letters of their own."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = "".join(c for c in unicodedata.normalize("NFD", letter) if _is_base(c))
        self[code] = letter if letter in "æøå" else bare
        return self[code]


def _is_base(character: str) -> bool:
    return not unicodedata.combining(character)


_FOLDING = _Folding({ord("đ"): "d", ord("ð"): "d", ord("ŋ"): "n", ord("ŧ"): "t", ord("ł"): "l"})


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().translate(_FOLDING)


def _snowball(word: str, language: str) -> str:
    # A stemmer keeps its state while it works, so threads must not share one; a new one costs 1 µs.
    stem: str = snowballstemmer.stemmer(language).stemWord(word)
    return stem


def _norwegian_stem(word: str) -> str:
    """Stem a word, also where snowball stops early: lærerne, tryggere, innbyggjar, ungdommen."""
    if short := _SHORT_ROOT.fullmatch(word):
        return short[1]
    stem = _SECOND_ENDING.sub("", _snowball(word, "norwegian"))
    stem = _SOFT_ENDING.sub("", stem)
    return stem[:-1] if stem.endswith("mm") else stem


_FIRST_PARTS: Mapping[str, str] = _SYNONYMS["parts"]
_LAST_PARTS = {_norwegian_stem(a): _norwegian_stem(b) for a, b in _FIRST_PARTS.items()}


def _first_replaced(word: str) -> str:
    """Replace the nynorsk first part of a compound: skulevegar."""
    lengths = range(len(word) - _SHORTEST_REST, 2, -1)
    first = next((n for n in lengths if word[:n] in _FIRST_PARTS), 0)
    return _FIRST_PARTS[word[:first]] + word[first:] if first else word


def _last_replaced(stem: str) -> str:
    """Replace the nynorsk last part of a stemmed compound: drikkevatn."""
    lengths = range(len(stem) - _SHORTEST_REST, 2, -1)
    last = next((n for n in lengths if stem[-n:] in _LAST_PARTS), 0)
    return stem[:-last] + _LAST_PARTS[stem[-last:]] if last else stem


def _begun(word: str) -> str:
    return _norwegian_stem(_first_replaced(word))


_SAME_STEM = {_begun(a): _begun(b) for a, b in _SAME.items()}


def _one_word(word: str) -> str:
    if word in _SAME:
        return _begun(_SAME[word])
    stem = _begun(word)
    return _SAME_STEM.get(stem) or _last_replaced(stem)


_COMPOUNDS = Compounds(
    json.loads((_DATA / "compounds.json").read_text("utf-8"))["parts"], _one_word
)


@lru_cache(maxsize=50_000)
def _norwegian(word: str) -> str:
    return _COMPOUNDS.written_alike(_one_word(word))


@lru_cache(maxsize=50_000)
def parts(stem: str) -> tuple[str, ...]:
    """Return the stems that a compound's stem is made of; none when it is no compound."""
    return _COMPOUNDS.split(stem)


def name_of(stem: str) -> str:
    """Return the word that a stem comes from, as far as we know it, else the stem."""
    return _COMPOUNDS.names.get(stem, stem)


def is_given_name(word: str) -> bool:
    """Tell whether people are called this; in small letters."""
    return word in _NAMES


_ALSO = {_norwegian(a): tuple(map(_norwegian, b)) for a, b in _SYNONYMS["also"].items()}


def also(stem: str) -> tuple[str, ...]:
    """Return the stems that are searched for besides this one."""
    return _ALSO.get(stem, ())


@lru_cache(maxsize=20_000)
def _english(word: str) -> str:
    return _snowball(word, "english")


def words(text: str, lang: str) -> list[Word]:
    """Return the words that carry meaning, each with its stem, in the order of the text."""
    stop, stem = (_ENGLISH_STOP, _english) if lang == "en" else (_NORWEGIAN_STOP, _norwegian)
    found = (word[:_LONGEST_WORD] for word in _WORD.findall(_SHORT_FIRST.sub(r"\1", _folded(text))))
    return [Word(word, stem(word)) for word in found if word not in stop]


def stems(text: str, lang: str) -> list[str]:
    """Return the stems of the words that carry meaning, in the order of the text."""
    return [word.stem for word in words(text, lang)]


def taken_apart(text: str, lang: str) -> list[str]:
    """Return the stems with compounds in their parts, for comparing: skolevei, vei til skolen."""
    found = stems(text, lang)
    return found if lang == "en" else [one for stem in found for one in parts(stem) or (stem,)]


def indexed(text: str, lang: str) -> str:
    """Return what search looks in: the stems as one text, each compound followed by its parts."""
    found = stems(text, lang)
    if lang == "en":
        return " ".join(found)
    return " ".join(one for stem in found for one in (stem, *parts(stem)))


def stem_text(text: str, lang: str) -> str:
    """Return the stems as one text, for the column that search looks in."""
    return " ".join(stems(text, lang))


def _allowed_errors(stem: str) -> int:
    """Return how many letters may be wrong: short words are too easily taken for one another."""
    if len(stem) < 4 or not stem.isalpha():
        return 0
    return 1 if len(stem) < 7 else 2


def _nearest(stem: str, vocabulary: Mapping[str, int]) -> str:
    errors = _allowed_errors(stem)
    if stem in vocabulary or not errors:
        return stem
    near = process.extract(
        stem, vocabulary.keys(), scorer=OSA.distance, score_cutoff=errors, limit=None
    )
    # Among equally near words the town's more frequent one is meant.
    best = min(near, key=lambda hit: (hit[1], -vocabulary[hit[0]], hit[0]), default=(stem, 0, 0))
    return best[0]


def correct(word_stems: Sequence[str], vocabulary: Mapping[str, int]) -> list[str]:
    """Replace each stem that the vocabulary lacks by the nearest one it has, if one is near."""
    return [_nearest(stem, vocabulary) for stem in word_stems]
