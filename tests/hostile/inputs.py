"""What requests are made of: corpora, and values that Hypothesis draws for a round by its seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.corpora.hostile_text import HOSTILE
from tests.corpora.redirects import ELSEWHERE
from tests.corpora.xss import XSS
from tests.hostile.requests import File

T = TypeVar("T")

LONG = 30_000  # characters: what is longer is tried in test_everywhere, and costs too much here
MOMENTS = (
    "2026-13-45", "0000-00-00", "9999-12-31", "10000-01-01", "2026-02-30", "24:00", "25:61",
    "-1:00", "2026-03-29T02:30", "1", "2026-W01", "2026-10-25 02:30", "00:00:00.000000000",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1", "2", "2147483647", "2147483648", "9223372036854775808", "-9223372036854775809",
    "1e3", "1.5", "NaN", "Infinity", "-0", "+1", " 1", "1 ", "0x10", "1_000", "١", "²", "true",
    "null",
)  # fmt: skip
SHAPES = (
    "[]",
    "{}",
    '{"a":1}',
    "[[1]]",
    '"x"',
    "1,2,3",
    "card:1",
    "option:1=1",
    "all",
    "yes",
    "no",
)
CORPORA: Sequence[Sequence[str]] = (
    [text for text in HOSTILE.values() if len(text) < LONG], XSS, ELSEWHERE,
    MOMENTS + NUMBERS + SHAPES,
)  # fmt: skip
TOWNS_AND_WAYS_UP = ("havnvik", "fjordvang", "..", ".", "", "%2e%2e")
FILE_NAMES = ("a.png", "../../x", "", "a\x00.png", "x" * 3000)
FILE_TYPES = ("image/png", "text/plain", "", "x" * 300, "text/html; charset=\x00")
BODIES = (b"", b"{", b"[]", b"null", b"NaN", b'{"key": {}}', b"[" * 5_000, b'"\\ud800"')
HEADERS: dict[str, Sequence[str]] = {
    "Accept": ("application/json", "*/*", "text/html;q=x", "", "image/png", "," * 500),
    "Accept-Language": ("nn", "en", "xx;q=9", "*;q=0", "nb;q=NaN", "," * 500, "a-" * 300),
    "Content-Type": (
        "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=",
        "application/x-www-form-urlencoded; charset=utf-16", "x", "application/json; charset=x",
    ),
    "If-None-Match": ('"x"', "*", 'W/"', "x" * 500),
    "If-Modified-Since": ("x", "Thu, 01 Jan 1970 00:00:00 GMT", "-1"),
    "Range": ("bytes=0-1", "bytes=9-1", "x"),
    "X-Tab": ("x", "y" * 4000),
    "Referer": ("http://localhost/havnvik/ideas", "//evil.example", "http://localhost:99/x"),
    "User-Agent": ("", "x" * 4000, "<script>alert(1)</script>"),
    "X-Forwarded-For": ("1.2.3.4", "x" * 400),
    "X-Requested-With": ("XMLHttpRequest",),
}  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
TEXTS = st.one_of(
    st.integers(-(2**70), 2**70).map(str),
    st.floats().map(str),
    ANY_TEXT,
    st.tuples(ANY_TEXT, st.integers(1, 400)).map(lambda pair: pair[0] * pair[1]),
)
FILES = st.builds(
    File,
    name=st.one_of(st.sampled_from(FILE_NAMES), ANY_TEXT),
    mimetype=st.sampled_from(FILE_TYPES),
    content=st.one_of(st.binary(max_size=300), st.just(b"\x89PNG\r\n\x1a\n" + b"\x00" * 5000)),
)
TOGETHER = 10  # values that Hypothesis draws at once


@dataclass(frozen=True)
class Drawn:
    """What Hypothesis has drawn for a round: texts, names of fields, files, and bodies."""

    texts: Sequence[str]
    names: Sequence[str]
    files: Sequence[File]
    bodies: Sequence[bytes]


def draw(number: int, count: int) -> Drawn:
    """Draw values for a round; the same number draws the same.

    They are drawn ahead, since Hypothesis takes as long for a whole request as its answer does.
    """
    few = max(count // 8, TOGETHER)
    return Drawn(
        texts=_drawn(TEXTS, number, count),
        names=_drawn(ANY_TEXT, number, few),
        files=_drawn(FILES, number, few),
        bodies=_drawn(st.binary(max_size=200), number, few),
    )


def _drawn(strategy: st.SearchStrategy[T], number: int, count: int) -> list[T]:
    found: list[T] = []
    limits = settings(
        max_examples=-(-count // TOGETHER), database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    def keep(values: list[T]) -> None:
        found.extend(values)

    some = st.lists(strategy, min_size=TOGETHER, max_size=TOGETHER)
    seed(number)(limits(given(some)(keep)))()
    return found
