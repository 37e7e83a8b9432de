"""What is sent: forms as they were drawn, with a little or everything in them turned hostile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.corpora.hostile_text import HOSTILE
from tests.corpora.redirects import ELSEWHERE
from tests.corpora.xss import XSS
from tests.hostile.doors import Door
from tests.hostile.forms import Form
from tests.hostile.requests import TOKEN, File, Request
from tests.hostile.world import ROLES

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
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
VALUES = st.one_of(
    st.sampled_from([text for text in HOSTILE.values() if len(text) < LONG]),
    st.sampled_from(XSS),
    st.sampled_from(ELSEWHERE),
    st.sampled_from(MOMENTS + NUMBERS + SHAPES),
    st.integers(-(2**70), 2**70).map(str),
    st.floats().map(str),
    ANY_TEXT,
    st.tuples(ANY_TEXT, st.integers(1, 3_000)).map(lambda pair: pair[0] * min(pair[1], 400)),
)
FILES = st.builds(
    File,
    name=st.one_of(st.sampled_from(("a.png", "../../x", "", "a\x00.png", "x" * 3000)), ANY_TEXT),
    mimetype=st.sampled_from(("image/png", "text/plain", "", "x" * 300, "text/html; charset=\x00")),
    content=st.one_of(st.binary(max_size=300), st.just(b"\x89PNG\r\n\x1a\n" + b"\x00" * 5000)),
)
PARTS = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(("havnvik", "fjordvang", "..", ".", "", "%2e%2e")),
    VALUES,
).map(lambda text: text[:3_000])
BODIES = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        (b"", b"{", b"[]", b"null", b"NaN", b'{"key": {}}', b"[" * 5_000, b'"\\ud800"')
    ),
)
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


@st.composite
def requests(
    draw: Any, doors: Sequence[Door], names: Sequence[str], said: Sequence[str]
) -> Request:
    """Draw a request at one of the doors; `said` are values that some page offers somewhere."""
    door = draw(st.sampled_from(doors))
    values = st.one_of(VALUES, st.sampled_from(said))
    if not door.forms or draw(st.integers(0, 7)) == 0:
        return _from_nothing(draw, door, values, names)
    role, form = draw(st.sampled_from(door.forms))
    if draw(st.integers(0, 5)) == 0:
        role = draw(st.sampled_from(ROLES))
    return _from_a_form(draw, door, role, form, values, names)


def _from_nothing(draw: Any, door: Door, values: Any, names: Sequence[str]) -> Request:
    """Make up a request to a route out of names that views ask for."""
    filled = {name: draw(PARTS if not number else st.sampled_from(NUMBERS + ("3", "4")))
              for name, number in door.places}  # fmt: skip
    if "town" in filled and draw(st.booleans()):
        filled["town"] = "havnvik"
    pairs = st.lists(st.tuples(st.sampled_from(names), values), max_size=6)
    return Request(
        role=draw(st.sampled_from(ROLES)),
        method=door.method,
        endpoint=door.endpoint,
        parts=door.path(filled),
        query=tuple(draw(pairs)),
        fields=(("csrf_token", TOKEN), *draw(pairs)) if door.method == "POST" else (),
        headers=draw(_headers()),
    )


def _from_a_form(
    draw: Any, door: Door, role: str | None, form: Form, values: Any, names: Sequence[str]
) -> Request:
    """Fill in a form as a person might, and then change some of it."""
    pairs: list[tuple[str, Any]] = []
    for name, offered in form.fields.items():
        pairs.append((name, TOKEN if name == "csrf_token" else draw(st.sampled_from(offered))))
    for _ in range(draw(st.integers(0, 3))):
        _change(draw, pairs, values, names)
    path = form.action.partition("?")[0].split("/")
    if door.places and draw(st.integers(0, 9)) == 0:
        path[draw(st.integers(0, len(path) - 1))] = draw(PARTS)
    asked = [(name[1:], value) for name, value in pairs if name.startswith("?")]
    query = [(name, value) for name, value in asked if isinstance(value, str)]
    fields = [pair for pair in pairs if not pair[0].startswith("?")]
    if door.method == "GET":
        query, fields = [*query, *((n, v) for n, v in fields if isinstance(v, str))], []
    body = draw(BODIES) if fields and draw(st.integers(0, 19)) == 0 else None
    return Request(
        role, door.method, door.endpoint, tuple(path), tuple(query), tuple(fields),
        draw(_headers()), body,
    )  # fmt: skip


def _change(draw: Any, pairs: list[tuple[str, Any]], values: Any, names: Sequence[str]) -> None:
    """Change one thing about what is sent."""
    at = draw(st.integers(0, len(pairs) - 1)) if pairs else 0
    how = draw(st.sampled_from(("value", "value", "value", "missing", "twice", "new", "file")))
    if not pairs or how == "new":
        pairs.append((draw(st.one_of(st.sampled_from(names), ANY_TEXT)), draw(values)))
    elif how == "missing":
        pairs.pop(at)
    elif how == "twice":
        pairs.insert(at, (pairs[at][0], draw(values)))
    else:
        pairs[at] = (pairs[at][0], draw(FILES if how == "file" else values))


def _headers() -> Any:
    one = st.sampled_from(sorted(HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(HEADERS[name]))
    )
    return st.one_of(
        st.just(()), st.just(()), st.lists(one, max_size=2, unique_by=lambda h: h[0]).map(tuple)
    )
