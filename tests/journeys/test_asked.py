"""Questions while a room votes: the console follows the projector, except under the pointer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_held import joins, opens_doors
from tests.serving import Smartby, served

FIRST, SECOND = "Når åpner huset?", "Hvem betaler for det?"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[Smartby]:
    with served(request, "asked") as running:
        yield running


def asks(page: Page, words: str) -> None:
    page.get_by_label("Nytt spørsmål").fill(words)
    page.get_by_role("button", name="Still spørsmålet").click()


def votes(page: Page, words: str) -> None:
    page.get_by_role("button", name=f"«{words}»").and_(page.locator("[data-vote=up]")).click()


def test_the_console_follows_the_projector_but_not_under_the_pointer(
    browser: Browser, server: Smartby
) -> None:
    console, code = opens_doors(browser, server, (("questions", "Spør oss"),))
    aud, bo = joins(browser, server, code), joins(browser, server, code)
    console.get_by_role("button", name="Begynn").click()
    desk = console.locator("ul.sb-quests > li > p:first-child")
    asks(aud, FIRST)
    expect(desk).to_have_text([FIRST])
    asks(aud, SECOND)
    expect(desk).to_have_text([FIRST, SECOND])  # without votes it is the last, not the first
    console.mouse.move(0, 0)
    votes(bo, SECOND)
    expect(desk).to_have_text([SECOND, FIRST])

    desk.first.hover()
    votes(bo, SECOND)  # takes it back
    expect(console.locator("[data-live^='up-']").first).to_have_text("0")
    expect(desk).to_have_text([SECOND, FIRST])  # a button does not slip away
    console.mouse.move(0, 0)
    expect(desk).to_have_text([FIRST, SECOND])

    # How many are on line is told again to a page that is read anew.
    console.reload()
    expect(console.locator("[data-present] [data-count]").first).to_have_text("2")
    expect(console.locator("[data-present]").first).to_be_visible()
