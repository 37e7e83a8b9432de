"""What is dragged is taken where it is let go: no browser lets it fly back first."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.test_together import live, page_of, writes_idea
from tests.serving import Smartby

# A browser that nobody tells otherwise ends a drag with "none", and lets what was dragged fly back.
NOTES = """
addEventListener("dragend", event => { window.ended = event.dataTransfer.dropEffect }, true)
"""


def drags(page: Page, card: Locator, lane: Locator) -> str:
    """Drag a card to the head of a lane, above its list; return how the browser took it."""
    box, there = card.bounding_box(), lane.bounding_box()
    assert box and there
    x, y = box["x"] + 30, box["y"] + box["height"] - 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 20, steps=4)
    page.mouse.move(there["x"] + 60, there["y"] + 15, steps=8)
    page.mouse.up()
    page.wait_for_function("'ended' in window")
    return str(page.evaluate("window.ended"))


def test_a_card_that_is_dropped_on_a_lanes_head_stays_in_that_lane(browser: Browser) -> None:
    with Smartby() as server:
        page = page_of(browser, server, "ingrid")
        page.set_viewport_size({"width": 1280, "height": 800})
        number = writes_idea(page, "Lys på gangveien bak skolen").rsplit("/", 1)[-1]
        page.goto("/havnvik/board")
        live(page)
        page.evaluate(NOTES)
        card, lane = page.locator(f"#bcard-{number}"), page.locator(".sb-lane").nth(1)
        assert drags(page, card, lane) != "none"
        expect(lane.locator(f"#bcard-{number}")).to_be_visible()
        page.reload()
        expect(lane.locator(f"#bcard-{number}")).to_be_visible()
