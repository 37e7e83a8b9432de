"""Hostile input at every route: a clear 4xx, never a 5xx, and reading changes nothing.

A test is one role in one room: all rooms together take too long on a busy machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import unwrap
from itertools import islice
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import IntegerConverter, Rule

import smartby
from smartby.database import Base
from smartby.extensions import db
from tests.corpora.hostile_text import HOSTILE
from tests.people import Visitor

HOSTILE_FEW = [text.encode("utf-8", "surrogatepass") for text in list(HOSTILE.values())[::4]]
FIELDS = (
    "title", "body", "key", "reason", "to", "seen", "wanted", "name", "email", "lang", "place",
    "principles", "goals", "stance", "question", "challenge", "unit", "closes_on",
)  # fmt: skip
LONG = (
    10_000  # a text that is only long is tried in one field: all of them would be a minute's work
)
# They draw a form with what was typed on a page that is the same for everybody.
WRITE_NOTHING = {"ideas.begin", "comments.begin"}
ELSEWHERE = "elsewhere"  # what no room serves itself
ROOMS = sorted({path.parent.name for path in Path(smartby.__file__).parent.glob("*/routes*.py")})
ROLES = (None, "kari", "ingrid", "hanne", "olav")
NUMBERS = ("1", "9" * 40, "0", "99999999")
WORDS = ("x", "..%2f..%2fetc%2fpasswd", "%00", "%ff%fe", "'%20OR%201=1--", "a" * 3000)
QUERIES = (
    "sort=;DROP TABLE", "after=AAAA.BBBB", "limit=1000000000000", "offset=-1", "q=%00",
    "q='\"*:()NEAR/", "principle=99&principle=x", "stage=%ff", "page=-1", "q=" + "a" * 4000,
    "principles[]=1&[]=", "lang=xx",
)  # fmt: skip


def addresses(rule: Rule) -> Iterator[str]:
    """Fill a rule's places with what nobody should send."""
    if not rule.arguments:
        yield rule.rule
        return
    for number, word in zip(NUMBERS, WORDS, strict=False):
        path = rule.rule
        for name in rule.arguments:
            converter = rule._converters[name]
            value = number if isinstance(converter, IntegerConverter) else word
            if name == "town":
                value = "havnvik"
            for text in (f"<{name}>", f"<int:{name}>", f"<path:{name}>", f"<string:{name}>"):
                path = path.replace(text, value)
        yield path


def all_rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]


def room_of(app: Flask, rule: Rule) -> str:
    """Return the room whose view a rule leads to."""
    parts = unwrap(app.view_functions[rule.endpoint]).__module__.split(".")
    return parts[1] if parts[0] == "smartby" and parts[1] in ROOMS else ELSEWHERE


def rules_in(app: Flask, method: str, room: str) -> list[Rule]:
    return [rule for rule in all_rules(app, method) if room_of(app, rule) == room]


def something_is_there(app: Flask) -> None:
    """Give the number 1 to an idea and a comment, so that hostile input meets real ones too."""
    kari = Visitor(app, "kari")
    assert kari.has_idea() == 1
    kari.posts("/havnvik/contributions/1/comments", body="Her er det mørkt.")


def counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_every_rule_is_tried_in_one_room(app: Flask) -> None:
    for method in ("GET", "POST"):
        tried = [rule for room in (*ROOMS, ELSEWHERE) for rule in rules_in(app, method, room)]
        assert len(tried) == len(all_rules(app, method)) == len({id(rule) for rule in tried})


@pytest.mark.parametrize("room", [*ROOMS, ELSEWHERE])
@pytest.mark.parametrize("role", ROLES)
def test_reading_anything_with_anything_never_breaks_or_changes(
    app: Flask, role: str | None, room: str
) -> None:
    something_is_there(app)
    visitor = Visitor(app, role)
    before = counts(app)
    for rule in rules_in(app, "GET", room):
        for path in addresses(rule):
            for query in ("", *QUERIES[:: 1 if path.endswith("ideas") else 4]):
                answer = visitor.gets(f"{path}?{query}")
                assert answer.status_code < 500, (path, query)
    assert counts(app) == before


@pytest.mark.parametrize("room", [*ROOMS, ELSEWHERE])
@pytest.mark.parametrize("role", ROLES)
def test_posting_anything_anywhere_never_breaks(app: Flask, role: str | None, room: str) -> None:
    something_is_there(app)
    visitor = Visitor(app, role)
    token = visitor.token()
    for rule in rules_in(app, "POST", room):
        if rule.endpoint == "accounts.sign_out":
            continue
        for path in islice(addresses(rule), 2):
            for hostile in HOSTILE_FEW:
                fields = dict.fromkeys(FIELDS if len(hostile) < LONG else ("body",), hostile)
                answer = visitor.posts(path, csrf_token=token, **fields)
                assert answer.status_code < 500, (path, hostile[:40])


def test_every_unsafe_route_wants_a_token(app: Flask) -> None:
    visitor = Visitor(app, "hanne")
    for rule in all_rules(app, "POST"):
        if rule.endpoint in WRITE_NOTHING:
            continue
        for path in addresses(rule):
            answer = visitor.posts(path, csrf_token="wrong")
            assert answer.status_code in (400, 404, 405), path


def test_what_writes_nothing_still_refuses_other_sites(app: Flask) -> None:
    visitor = Visitor(app, "hanne")
    for rule in all_rules(app, "POST"):
        if rule.endpoint in WRITE_NOTHING:
            for path in addresses(rule):
                answer = visitor.posts(path, headers={"Origin": "https://evil.example"})
                assert answer.status_code in (403, 404), path


def test_trace_and_foreign_methods_are_refused(app: Flask) -> None:
    visitor = Visitor(app)
    for method in ("TRACE", "PROPFIND", "DELETE", "PUT", "PATCH"):
        assert visitor.client.open("/havnvik/ideas", method=method).status_code == 405


def test_a_body_that_is_too_large_is_refused(app: Flask) -> None:
    visitor = Visitor(app, "kari")
    big = visitor.posts("/havnvik/ideas", title="Stor", body="x" * 7_000_000)
    assert big.status_code == 413
    field = visitor.posts("/havnvik/ideas", title="Stor", body="x" * 300_000)
    assert field.status_code in (413, 422)
