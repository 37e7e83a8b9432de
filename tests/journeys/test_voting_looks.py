"""Every ballot and every result, as those see them who need contrast, width or a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.looking import Looker
from tests.journeys.test_voting import BADSTU, KINO, brainstorms, opens
from tests.serving import Smartby

KINDS = (
    "dots", "approval", "poll", "score", "scale", "fist", "ranking", "pairwise", "matrix",
    "statements",
)  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


@pytest.mark.timeout(600)
def test_ballots_and_results_are_accessible(  # noqa: PLR0915 - a walk through all of them
    browser: Browser, server: Smartby
) -> None:
    console, code = opens(browser, server, KINDS)
    guest, leader = Looker(browser, server.url), Looker(browser, server.url)
    leader.context.add_cookies(console.context.cookies())
    guest.page.goto(f"/j/{code}")
    guest.page.get_by_role("button", name="Bli med", exact=True).click()
    room = guest.page.url.removeprefix(server.url)
    screen = console.get_by_role("link", name="Åpne storskjerm").get_attribute("href") or ""
    brainstorms(console, guest.page, KINO, BADSTU)
    for kind in KINDS:
        console.get_by_role("button", name="Neste").click()
        expect(console.get_by_role("heading", name=f"Punkt {kind}", level=2)).to_be_visible()
        guest.visits(room)
        guest.page.locator(".sb-ballot .sb-press:not([aria-disabled])").first.click()
        if kind == "matrix":
            guest.page.get_by_role("button", name="Innsats: 2").click()
        expect(guest.page.get_by_text("Lagret. Du kan endre")).to_be_visible()
        guest.visits(f"{room}?{kind}")
        console.get_by_role("button", name="Lukk og vis resultatet").click()
        expect(console.locator(".sb-outcome").first).to_be_visible()
        guest.visits(f"{room}?result-{kind}")
        leader.visits(screen)
    leader.visits(console.url.removeprefix(server.url))
    assert (guest.problems, leader.problems) == ({}, {})
