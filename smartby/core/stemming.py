"""Reduce words to the stems by which ideas are found: bokmål and nynorsk meet, spelling bends."""

import json
import re
import unicodedata
from collections.abc import Mapping
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


# Words that stand in the index by another word's stem: belysning as lys. Who misspells one of them
# is near to the word, not to what the index has.
_FAMILIAR = {
    word: _norwegian(word)
    for word in sorted({*_SAME, *_SAME.values(), *_COMPOUNDS.names.values()})
    if " " not in word
}


def correct(wrong: Word, vocabulary: Mapping[str, int]) -> Word | None:
    """Return the nearest word to one that the vocabulary lacks, if one is near.

    It has no text when only its stem is known.
    """
    return _nearest(wrong, vocabulary) or _last_corrected(wrong, vocabulary)


def _nearest(wrong: Word, vocabulary: Mapping[str, int]) -> Word | None:
    familiar = {text: stem for text, stem in _FAMILIAR.items() if stem in vocabulary}
    near = [
        *((errors, Word("", stem)) for stem, errors in _near(wrong.stem, vocabulary)),
        *((errors, Word(text, familiar[text])) for text, errors in _near(wrong.text, familiar)),
    ]
    # Among equally near words the town's more frequent one is meant.
    best = min(near, key=lambda hit: (hit[0], -vocabulary[hit[1].stem], hit[1]), default=None)
    return best[1] if best else None


def _last_corrected(wrong: Word, vocabulary: Mapping[str, int]) -> Word | None:
    """Correct the last part of a compound whose first part is known: gatebelysnig."""
    for first, rest in _COMPOUNDS.begun(wrong.text):
        last = _nearest(Word(rest, rest), {**vocabulary, **dict.fromkeys(_FAMILIAR.values(), 0)})
        whole = first + (last.text if last else "")
        stem = _norwegian(whole)
        if last and last.text and (stem in vocabulary or {*parts(stem)} <= vocabulary.keys()):
            return Word(whole, stem)
    return None


def _near(word: str, others: Mapping[str, object]) -> list[tuple[str, int]]:
    errors = _allowed_errors(word)
    if not errors:
        return []
    found = process.extract(
        word, others.keys(), scorer=OSA.distance, score_cutoff=errors, limit=None
    )
    return [(text, distance) for text, distance, _place in found]


def _allowed_errors(word: str) -> int:
    """Return how many letters may be wrong: short words are too easily taken for one another."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 7 else 2
