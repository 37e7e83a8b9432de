"""The minutes' page on paper: what one opens on a screen is open, and headings have company."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_together import page_of
from tests.serving import Smartby

PLANTED = """
from smartby import create_app
from tests.activities.halls import hall
from tests.facilitation.holding import drives
from tests.people import ORIGIN, Visitor
fatima = Visitor(create_app({"PUBLIC_URL": ORIGIN}), "fatima")
number = hall(fatima, "dots")
drives(fatima, number, "reveal")
print(f"/havnvik/workshops/{number}/minutes")
"""
BREAKS = "at => getComputedStyle(at).breakAfter"


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def test_tables_are_open_on_paper_and_headings_stand_with_what_they_head(
    browser: Browser, server: Smartby
) -> None:
    page = page_of(browser, server, "fatima")
    page.goto(server.runs(PLANTED).splitlines()[-1])
    table = page.locator(".sb-minutes details table")
    last = table.locator("tfoot th")
    expect(last).to_be_hidden()
    page.emulate_media(media="print")
    expect(last).to_be_visible()
    box, around = table.bounding_box(), page.locator(".sb-minutes details").bounding_box()
    assert box and around and box["y"] + box["height"] <= around["y"] + around["height"]
    headings = page.locator(".sb-minutes > section").filter(has=page.locator("table"))
    assert headings.locator("> :first-child").evaluate(BREAKS) == "avoid"
    assert headings.locator("h2").first.evaluate(BREAKS) == "avoid"
