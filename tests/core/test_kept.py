"""Pages that are kept for people who are not signed in: nobody's page is another's, none is old."""

from __future__ import annotations

import gzip
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from smartby.core.clock import now
from tests.contributions import writing
from tests.municipalities.test_theme import settings
from tests.people import Visitor
from tests.serving import Smartby

LIST = "/havnvik/ideas"
GZIP = {"Accept-Encoding": "gzip"}


def from_memory(answer: TestResponse) -> bool:
    # Only what is sent for a second time is compressed.
    return answer.headers.get("Content-Encoding") == "gzip"


@pytest.fixture
def number(app: Flask) -> int:
    return writing.idea(app, "Lys på gangveien bak skolen")


def test_the_same_page_is_sent_again_compressed_under_the_same_rules(
    app: Flask, number: int
) -> None:
    first, again = (Visitor(app).gets(LIST, headers=GZIP) for _ in range(2))
    assert not from_memory(first)
    assert from_memory(again)
    assert gzip.decompress(again.data) == first.data
    same = ("Content-Security-Policy", "Content-Language", "Content-Type", "ETag", "Cache-Control")
    assert all(first.headers[name] == again.headers[name] for name in same)
    assert {"cookie", "accept-encoding"} <= {way.lower() for way in again.vary}
    assert int(again.headers["Content-Length"]) == len(again.data) < len(first.data) / 2
    assert Visitor(app).gets(LIST).data == first.data
    assert Visitor(app).gets(LIST, headers={"Accept-Encoding": "gzip;q=0"}).data == first.data


def test_a_browser_that_has_the_page_is_told_so(app: Flask, number: int) -> None:
    tag = Visitor(app).gets(LIST).headers["ETag"]
    told = Visitor(app).gets(LIST, headers={"If-None-Match": f'"other", {tag}'})
    assert (told.status_code, told.data) == (304, b"")
    assert told.headers["ETag"] == tag
    assert "default-src" in told.headers["Content-Security-Policy"]
    # What changes the page's words changes its name.
    writing.supported(app, number, "jonas")
    assert Visitor(app).gets(LIST, headers={"If-None-Match": tag}).status_code == 200


def test_a_head_has_a_pages_headers_and_no_body(app: Flask, number: int) -> None:
    page = Visitor(app).gets(LIST)
    head = Visitor(app).client.head(LIST)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(page.data))


@pytest.mark.parametrize("path", ["", "/ideas", "/ideas/{}", "/challenges", "/results"])
def test_what_somebody_sees_who_is_signed_in_is_theirs(app: Flask, number: int, path: str) -> None:
    address = f"/havnvik{path}".format(number) + ("/" if not path else "")
    kari, ingrid, nobody = Visitor(app, "kari"), Visitor(app, "ingrid"), Visitor(app)
    for _ in range(2):
        own, staffs, open_ = (each.gets(address) for each in (kari, ingrid, nobody))
        assert "Kari Solheim</span></summary>" in own.text
        assert "Ingrid Moe</span></summary>" in staffs.text
        assert "csrf_token" in own.text
        assert "Kari Solheim</span></summary>" not in staffs.text
        for word in ("data-me", "csrf_token", "is-staff", "sb-top__name"):
            assert word not in open_.text
        assert "no-store" in own.headers["Cache-Control"]
        assert "ETag" not in own.headers
    # Nobody's page is not sent to somebody who signs in, nor somebody's to who signs out.
    nobody.signs_in("jonas")
    assert "Jonas Berg</span></summary>" in nobody.gets(address).text
    nobody.posts("/sign-out")
    assert "Jonas Berg" not in nobody.gets(address).text


def test_what_one_is_told_once_is_told_nobody_else(app: Flask, number: int) -> None:
    teller, other = Visitor(app), Visitor(app)
    with teller.client.session_transaction() as session:
        session["_flashes"] = [("success", "Passordet er byttet.")]
    assert "Passordet er byttet." in teller.gets(LIST).text
    assert "Passordet er byttet." not in other.gets(LIST).text
    assert "Passordet er byttet." not in teller.gets(LIST).text
    with teller.client.session_transaction() as session:
        session["_flashes"] = [("success", "Passordet er byttet.")]
    assert "Passordet er byttet." in teller.gets(LIST).text


def test_whoever_has_text_waiting_gets_pages_of_their_own(app: Flask, number: int) -> None:
    writer = Visitor(app)
    writer.posts(f"/havnvik/contributions/{number}/comments", body="Det haster med lyset her.")
    for _ in range(2):
        assert not from_memory(writer.gets(f"/havnvik/ideas/{number}", headers=GZIP))
        assert "Det haster" not in Visitor(app).gets(f"/havnvik/ideas/{number}").text


def test_language_and_appearance_are_each_ones_own(app: Flask, number: int) -> None:
    plain, chooser = Visitor(app), Visitor(app)
    chooser.gets("/preferences?language=en&theme=dark")
    for _ in range(2):
        mine, theirs = chooser.gets(LIST), plain.gets(LIST)
        assert '<html lang="en" data-color-scheme="dark"' in mine.text
        assert '<html lang="nb" data-color-scheme="auto"' in theirs.text
        assert mine.headers["Content-Language"] == "en"
    assert from_memory(chooser.gets(LIST, headers=GZIP))


def test_a_broken_cookie_is_nobodys(app: Flask, number: int) -> None:
    visitor = Visitor(app)
    visitor.client.set_cookie(app.config["SESSION_COOKIE_NAME"], "eyJzaWQiOiIxIn0.broken")
    assert visitor.gets(LIST).data == Visitor(app).gets(LIST).data


def test_an_unknown_host_gets_no_kept_page(app: Flask, number: int) -> None:
    assert Visitor(app).gets(LIST).status_code == 200
    assert Visitor(app).gets(LIST, headers={"Host": "evil.example"}).status_code == 400


def _renames(app: Flask) -> None:
    chosen = settings(primary_colour="#8b1e3f")
    assert Visitor(app, "hanne").posts("/havnvik/settings", **chosen).status_code == 303


CHANGES: dict[str, tuple[Callable[[Flask, int], None], str]] = {
    "support": (lambda app, number: writing.supported(app, number, "jonas"), "/ideas"),
    "comment": (lambda app, number: writing.commented(app, number), "/ideas/{}"),
    "move": (lambda app, number: writing.moved(app, number, "under_review"), "/ideas/{}"),
    "hide": (lambda app, number: writing.hidden(app, number), "/ideas"),
    "edit": (lambda app, number: writing.edited(app, number, "Lys ved skolen nå"), "/ideas"),
    "settings": (lambda app, _number: _renames(app), "/ideas/{}"),
    "another": (lambda app, _number: bool(writing.idea(app, "Benk i parken ved sjøen")), "/ideas"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_in_the_next_answer(app: Flask, number: int, name: str) -> None:
    change, path = CHANGES[name]
    address = f"/havnvik{path}".format(number)
    before = [Visitor(app).gets(address).data for _ in range(2)]
    assert before[0] == before[1]
    change(app, number)
    assert Visitor(app).gets(address).data != before[0]


def test_a_hidden_idea_is_gone_at_once(app: Flask, number: int) -> None:
    assert Visitor(app).gets(f"/havnvik/ideas/{number}").status_code == 200
    writing.hidden(app, number)
    assert Visitor(app).gets(f"/havnvik/ideas/{number}").status_code == 404


def test_time_passes_on_a_kept_page(app: Flask, number: int) -> None:
    assert not from_memory(Visitor(app).gets(LIST, headers=GZIP))
    assert from_memory(Visitor(app).gets(LIST, headers=GZIP))
    with time_machine.travel(now() + timedelta(seconds=6)):
        assert not from_memory(Visitor(app).gets(LIST, headers=GZIP))


def test_many_addresses_take_no_more_room_than_there_is(
    app: Flask, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(app)
    monkeypatch.setattr("smartby.core.kept.ROOM", 1_000_000)
    for page in range(200):
        visitor.gets(f"{LIST}?junk={page}")
    assert not from_memory(visitor.gets(f"{LIST}?junk=0", headers=GZIP))
    assert from_memory(visitor.gets(f"{LIST}?junk=199", headers=GZIP))


CHANGE = """
from smartby import create_app
from tests.contributions import writing
app = create_app()
writing.{call}
"""


def test_other_workers_and_processes_changes_are_in_the_next_answer(
    database: str, request: pytest.FixtureRequest
) -> None:
    options: dict[str, Any] = {"workers": 2}
    if database == "postgresql":
        url = request.getfixturevalue("postgres").create_database("kept")
        options |= {"database_url": url, "redis_url": request.getfixturevalue("redis_url")}
    with Smartby(**options) as server:
        for title in ("Lys bak skolen", "Benk i parken", "Bru over elva"):
            server.runs(CHANGE.format(call=f"idea(app, {title!r})"))
            for _ in range(8):
                with urllib.request.urlopen(server.url + LIST, timeout=10) as answer:
                    assert title in answer.read().decode()
