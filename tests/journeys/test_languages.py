"""What scripts say follows the page's language, whatever language the browser speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_together import ticks
from tests.people import PASSWORD
from tests.serving import Smartby


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def nynorsk_page_in_an_english_browser(browser: Browser, server: Smartby) -> Page:
    page = browser.new_context(base_url=server.url, locale="en-GB").new_page()
    page.set_default_timeout(10_000)
    page.goto("/sign-in")
    page.locator("main [name=email]").fill("kari@example.no")
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main [type=submit]").last.click()
    page.wait_for_url(re.compile("(?<!sign-in)$"))
    page.goto("/preferences?language=nn&next=/havnvik/ideas/new")
    return page


def test_times_are_nynorsk_in_a_browser_that_does_not_know_it(
    browser: Browser, server: Smartby
) -> None:
    page = nynorsk_page_in_an_english_browser(browser, server)
    page.locator("#title").fill("Lys på gangvegen bak skulen")
    page.locator("#body").fill("Det er mørkt på gangvegen, og barna går der kvar morgon.")
    ticks(page.locator("[name=principles]").first)
    page.locator("#writing [type=submit]").first.click()
    page.locator("#comment-text").fill("Dette trengst.")
    page.locator("form[data-compose] [type=submit]").first.click()

    expect(page.locator("time[data-relative]").first).to_have_text("nett no")
    assert [ago(page, seconds) for seconds in (70, 5 * 60, 3_700, 3 * 3_600, 100_000)] == [
        "for 1 minutt sidan", "for 5 minutt sidan", "for 1 time sidan", "for 3 timar sidan",
        "for 1 dag sidan",
    ]  # fmt: skip


def ago(page: Page, seconds: int) -> str:
    """Put a time of so many seconds ago into the page and return what it is called."""
    page.evaluate(
        """seconds => {
          const time = document.createElement("time");
          time.dateTime = new Date(Date.now() - seconds * 1000).toISOString();
          time.dataset.relative = "";
          time.id = `ago-${seconds}`;
          document.body.append(time);
        }""",
        seconds,
    )
    told = page.locator(f"#ago-{seconds}")
    expect(told).not_to_be_empty()
    return told.inner_text()
