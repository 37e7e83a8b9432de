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
        # Said, and not only shown at once: the server's word draws the card anew.
        expect(ingrid.locator("#announcer")).to_have_text(f"Flyttet til {stage}.")
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
    told = "Flyttet hit av Ingrid Moe"
    expect(amir.locator(f"#bcard-{number}")).to_contain_text(told)
    # She knows what she did: what comes after it by the same stream is there, it is not.
    chooses(amir, number, "Utforskes")
    expect(ingrid.locator("#board-news p")).to_have_count(1)
    expect(ingrid.locator("#board-news")).to_contain_text("Amir Hosseini flyttet")
    expect(amir.locator(f"#bcard-{number}")).not_to_contain_text("Flyttet hit av")


def test_a_card_is_taken_by_a_key_and_seen_by_the_colleague(
    browser: Browser, server: Smartby
) -> None:
    kari = page_of(browser, server, "kari")
    number = writes_idea(kari, "Sykkelparkering ved ferjekaia").rpartition("/")[2]
    ingrid, amir = (page_of(browser, server, key) for key in ("ingrid", "amir"))
    for page in (ingrid, amir):
        page.goto("/havnvik/board")
        live(page)
    ingrid.locator(f"#bcard-title-{number}").focus()
    ingrid.keyboard.press("e")
    for page in (ingrid, amir):
        expect(
            page.locator(f"#bcard-{number}").get_by_role("img", name="Eier: Ingrid Moe")
        ).to_be_visible()
    expect(ingrid.locator(f"#bcard-title-{number}")).to_be_focused()
