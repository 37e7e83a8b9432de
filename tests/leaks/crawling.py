"""Reading everything that can be asked for: all links, all routes with all numbers, all streams."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from zipfile import ZipFile

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.wrappers import Response

from smartby.core.models import Stream
from smartby.extensions import db
from tests.people import Visitor

# Without what is asked: it sorts and narrows, and leads from page to page for ever.
LINK = re.compile(r'(?:href|src|action|data-[\w-]+)="(/[^"#?]*)')
NUMBERS = range(1, 5)
WORDS = {
    "town": ("havnvik", "fjordvang"),
    "form": ("pdf", "xlsx", "csv", "json", "png", "svg"),
    "which": ("written", "supported", "commented"),
}
# They change what one sees, or are the same for everybody, or show this machine's own letters to
# whoever tries smartby on it.
ENDS = ("/preferences", "/static", "/mail")
QUERIES = ("kanari", "Jonas", "example.no")


def everything(app: Flask, visitor: Visitor) -> Iterator[tuple[str, bytes]]:
    """Yield each address that answers this visitor, with its headers and all that it says."""
    waiting = [*_start(), *_guesses(app), *_streams(app)]
    known = set(waiting)
    while waiting:
        path = waiting.pop()
        answer = visitor.gets(path)
        yield path, words_of(answer) + str(answer.headers).encode()
        for found in links_of(answer):
            if found not in known and not found.startswith(ENDS):
                known.add(found)
                waiting.append(found)


def _start() -> Iterator[str]:
    yield "/"
    for town, query in product(WORDS["town"], QUERIES):
        yield from (
            f"/{town}/{page}?q={query}" for page in ("ideas", "challenges", "log", "board", "")
        )


def _guesses(app: Flask) -> Iterator[str]:
    """Yield the addresses of all routes, with every number where a number goes."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not rule.rule.startswith(ENDS):
            yield from _filled(rule)


def _filled(rule: Rule) -> Iterator[str]:
    names = sorted(rule.arguments)
    choices: list[tuple[object, ...]] = [
        tuple(NUMBERS)
        if isinstance(rule._converters[name], IntegerConverter)
        else WORDS.get(name, ("x",))
        for name in names
    ]
    for values in product(*choices):
        path = rule.rule
        for name, value in zip(names, values, strict=True):
            path = re.sub(rf"<(?:[^<>:]+:)?{name}>", str(value), path)
        yield path


def _streams(app: Flask) -> Iterator[str]:
    """Yield the catch-up of every stream that there is, in all languages."""
    with app.app_context():
        names = db.session.scalars(select(Stream.name)).all()
    for name, lang in product(names, ("nb", "nn", "en")):
        yield f"/live/{name}?after=0&lang={lang}"


def words_of(answer: Response) -> bytes:
    """Return what an answer says, unpacked and with its long lines put together again."""
    if answer.data.startswith(b"PK"):
        with ZipFile(BytesIO(answer.data)) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist())
    if answer.mimetype == "text/calendar":
        return answer.data.replace(b"\r\n ", b"")
    return answer.data


def links_of(answer: Response) -> set[str]:
    """Return the addresses on this site that an answer leads to."""
    found = set()
    if answer.mimetype == "text/html":
        found = {html.unescape(link) for link in LINK.findall(answer.get_data(as_text=True))}
    if answer.location:
        found.add(answer.location.removeprefix("http://localhost"))
    return {link for link in found if link.startswith("/")}
