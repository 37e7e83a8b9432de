"""Every error page that can be provoked, looked at like any other page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import Looker
from tests.journeys.test_together import signs_in, writes_idea
from tests.serving import Smartby

SIGN_IN = "main form[method=post]"


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


@pytest.fixture
def looker(browser: Browser, server: Smartby) -> Iterator[Looker]:
    looking = Looker(browser, server.url)
    yield looking
    looking.context.close()
    assert looking.problems == {}


def database(server: Smartby) -> sqlite3.Connection:
    return sqlite3.connect(Path(server.env["SMARTBY_DATA"]) / "smartby.db", isolation_level=None)


def test_what_cannot_be_found_or_used(looker: Looker) -> None:
    looker.visits("/nothing-here", 404)
    looker.visits("/havnvik/nothing-here", 404)
    looker.visits("/havnvik/contributions/1/comments", 405)
    looker.visits("/sign-up/confirm/no-such-token", 410)
    looker.visits("/sign-in/reset/no-such-token", 410)


def test_what_was_sent_wrongly(looker: Looker) -> None:
    looker.page.goto("/sign-in")
    sets(looker, "csrf_token", "'x'")
    looker.sends(SIGN_IN, 400)
    looker.page.goto("/sign-up")
    # In a hidden field: a browser takes its time to draw seven million letters.
    sets(looker, "csrf_token", "'x'.repeat(7e6)")
    looker.sends(SIGN_IN, 413)


def test_what_one_may_not_do_and_where_somebody_was_first(looker: Looker) -> None:
    page = looker.page
    signs_in(page, "kari")
    idea = writes_idea(page, "Benker langs strandpromenaden")
    looker.visits("/havnvik/board", 403)
    page.goto(f"{idea}/edit")
    other = looker.context.new_page()
    other.goto(f"{idea}/edit")
    other.locator("#body").fill("Det er langt mellom benkene, og mange må hvile.")
    other.get_by_role("button", name="Lagre").click()
    other.wait_for_url("**/ideas/*")
    page.locator("#body").fill("Det er langt mellom benkene for dem som går med stokk.")
    looker.sends("main form.sb-form", 409)


def test_too_many_attempts(looker: Looker) -> None:
    signs_in(looker.page, "jonas")
    for _ in range(20):
        looker.context.request.get("/me/export")
    looker.visits("/me/export", 429)


def test_a_busy_database_and_a_broken_row(looker: Looker, server: Smartby) -> None:
    signs_in(looker.page, "sunniva")
    idea = writes_idea(looker.page, "Lys på gangveien bak skolen")
    looker.page.goto("/me/profile")
    with closing(database(server)) as held:
        held.execute("BEGIN IMMEDIATE")
        looker.sends("main form.sb-fields", 503)
        held.execute("ROLLBACK")
        held.execute("UPDATE contribution SET published_at = 'broken'")
        looker.visits(idea, 500)


def sets(looker: Looker, name: str, script: str) -> None:
    """Put into a field what a person could not."""
    looker.page.evaluate(
        f"document.querySelector(`main [name={name}]`).value = {script}"  # noqa: S608
    )
