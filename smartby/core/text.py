"""Clean what people type before it is stored, and make slugs of it."""

import re
import unicodedata

_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029\x0b\x0c]")
_MANY_NEWLINES = re.compile(r"\n{3,}")
# Invisible characters that reorder, hide or split text: bidi controls, zero-width spaces,
# soft hyphens, tags, annotations and what XML forbids. Each has been used to mislead readers.
_INVISIBLE = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_JOINER = re.compile("[\u200c\u200d]")
_SLUG_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss", "ð": "d", "þ": "th"}
)
_INNER = str.maketrans({"«": "‘", "»": "’"})
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def _joins(before: str, after: str) -> bool:
    """Tell whether a zero-width joiner between the two has a use: emoji, and scripts that join."""
    kinds = unicodedata.category(before), unicodedata.category(after)
    if kinds[1] == "So":
        return kinds[0] in ("So", "Sk", "Mn")
    return all(kind in ("Lo", "Mn", "Mc") for kind in kinds)


def _without_stray_joiners(text: str) -> str:
    if not _JOINER.search(text):
        return text
    padded = f" {text} "
    return "".join(
        character
        for at, character in enumerate(text, start=1)
        if not _JOINER.match(character) or _joins(padded[at - 1], padded[at + 1])
    )


def _normal(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text contains NUL")
    if _SURROGATE.search(text):
        raise ValueError("text contains half a character")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _without_stray_joiners(text)


def clean(text: str) -> str:
    """Return one trimmed line, without anything invisible; refuse NUL and lone surrogates."""
    return " ".join(_normal(text).split())


def clean_multiline(text: str) -> str:
    r"""Return the text with \n newlines, at most one blank line in a row, nothing invisible."""
    # Line by line: a pattern for trailing space would backtrack on long runs of it.
    lines = (line.rstrip() for line in _NEWLINES.sub("\n", _normal(text)).split("\n"))
    return _MANY_NEWLINES.sub("\n\n", "\n".join(lines)).strip("\n")


def slugify(text: str, limit: int = 60) -> str:
    """Return a-z, 0-9 and hyphens for an address; empty when nothing in the text can be kept."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_SLUG_LETTERS))
    ascii_only = "".join(c for c in folded if not unicodedata.combining(c))
    return _NOT_SLUG.sub("-", ascii_only).strip("-")[:limit].rstrip("-")


def inner(text: str) -> str:
    """Return a text as it stands within quotation marks: its own are the single ones."""
    return text.translate(_INNER)


def capital(words: str) -> str:
    """Write the first letter large, and leave the others as they are."""
    return words[:1].upper() + words[1:]
