"""Who is writing: a number that passes, never a name, and only for those who may write there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from smartby.comments import writing
from smartby.core.doorbell import doorbell
from tests.comments.said import Reader, forbids_talk
from tests.comments.test_own import hides
from tests.people import Visitor, user_id


@pytest.fixture(autouse=True)
def nobody_writes() -> Iterator[None]:
    writing.forget()
    yield
    writing.forget()


def totals(reader: Reader) -> list[dict[str, Any]]:
    return [m["args"][0] for m in reader.socket.get_received() if m["name"] == "totals"]


def test_others_see_how_many_write(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    idea = kari.has_idea()
    path = f"/havnvik/ideas/{idea}"
    reader, one, two = Reader(Visitor(app), path), Reader(kari, path), Reader(jonas, path)
    for writer in (one, two):
        assert writer.socket.emit("writing", {"contribution": idea}, callback=True) == {}
    stream = f"contribution:{idea}"
    assert totals(reader) == [{"stream": stream, "writing": n} for n in (1, 2)]
    two.socket.emit("writing", {"contribution": idea, "still": False}, callback=True)
    assert totals(reader) == [{"stream": stream, "writing": 1}]


def test_writers_whom_other_processes_hear_of_count_too(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    path = f"/havnvik/ideas/{idea}"
    reader, one = Reader(Visitor(app), path), Reader(kari, path)
    one.socket.emit("writing", {"contribution": idea}, callback=True)
    word = ["writing", [idea, user_id(app, "jonas"), True]]
    words = [word, word, ["a word of tomorrow", {}]]
    doorbell.hear(json.dumps({"from": "another", "heads": {}, "words": words}).encode())
    other = ["writing", [idea, user_id(app, "ingrid"), True]]
    doorbell.hear(json.dumps({"from": doorbell.name, "heads": {}, "words": [other]}).encode())
    stream = f"contribution:{idea}"
    assert totals(reader) == [{"stream": stream, "writing": n} for n in (1, 2)]


@pytest.mark.parametrize(
    "data",
    [None, 7, "x", [], {}, {"contribution": "1"}, {"contribution": -1}, {"contribution": 2**40},
     {"contribution": True}, {"contribution": 999_999}],
)  # fmt: skip
def test_nonsense_is_not_found_and_tells_nobody(app: Flask, data: Any) -> None:
    kari = Visitor(app, "kari")
    reader = Reader(kari, f"/havnvik/ideas/{kari.has_idea()}")
    assert reader.socket.emit("writing", data, callback=True)["error"] == 404
    assert totals(reader) == []


def test_where_one_may_not_write_nothing_is_told(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    guest, other = Reader(Visitor(app), f"/havnvik/ideas/{idea}"), Reader(kari, "/havnvik/ideas/1")
    said = {"contribution": idea}
    assert guest.socket.emit("writing", said, callback=True)["error"] == 401
    forbids_talk(app, "received")
    assert other.socket.emit("writing", said, callback=True)["error"] == 403
    hides(app, idea)
    assert other.socket.emit("writing", said, callback=True)["error"] == 404
    assert totals(guest) == []
