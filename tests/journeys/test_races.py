"""Two moderators at one board: who loses a race, and what is told of colleagues."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_together import live, page_of, writes_idea
from tests.serving import Smartby


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def chooses(page: Page, number: str, stage: str) -> None:
    card = page.locator(f"#bcard-{number}")
    card.locator("summary").click()
    card.get_by_role("button", name=stage).click()


def lane_of(page: Page, number: str, name: str) -> None:
    lane = page.locator("[data-lane]", has=page.locator(f"#bcard-{number}"))
    expect(lane).to_have_attribute("data-name", name)


def test_the_loser_of_a_race_sees_who_moved_it_where(browser: Browser, server: Smartby) -> None:
    kari = page_of(browser, server, "kari")
    number = writes_idea(kari, "Lys på gangveien bak skolen").rpartition("/")[2]
    ingrid, amir = (page_of(browser, server, key) for key in ("ingrid", "amir"))
    amir.context.route("**/socket.io/**", lambda route: route.abort())
    amir.context.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    amir.context.route("**/live?**", lambda route: route.abort())
    for page in (ingrid, amir):
        page.goto("/havnvik/board")
    live(ingrid)
    for stage in ("Vurderes", "Utforskes"):
        chooses(ingrid, number, stage)
        # Told, and not only shown at once: the server's word draws the card anew.
        expect(ingrid.locator("#board-news")).to_contain_text(f"til {stage}.")
        lane_of(ingrid, number, stage)
    lane_of(amir, number, "Mottatt")  # he has not heard of it
    chooses(amir, number, "Vurderes")
    refusal = amir.locator(f"#bcard-{number}").get_by_role("alert")
    expect(refusal).to_contain_text("Ingrid Moe")
    expect(refusal).to_contain_text("Utforskes")
    lane_of(amir, number, "Utforskes")
    lane_of(ingrid, number, "Utforskes")


def test_a_colleagues_move_is_told_on_the_board(browser: Browser, server: Smartby) -> None:
    kari = page_of(browser, server, "kari")
    number = writes_idea(kari, "Benker langs strandpromenaden").rpartition("/")[2]
    ingrid, amir = (page_of(browser, server, key) for key in ("ingrid", "amir"))
    for page in (ingrid, amir):
        page.goto("/havnvik/board")
        live(page)
    chooses(ingrid, number, "Vurderes")
    lane_of(amir, number, "Vurderes")
    expect(amir.locator("#board-news")).to_contain_text(
        "Ingrid Moe flyttet «Benker langs strandpromenaden» til Vurderes."
    )
