"""A page that is open when one is signed out elsewhere leads to signing in and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.test_held import opens_doors
from tests.journeys.test_together import live, page_of, writes_idea
from tests.people import PASSWORD
from tests.serving import Smartby

WORDS = "Det trengs lys der barna går."


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def signs_out_elsewhere(browser: Browser, server: Smartby, key: str) -> None:
    other = page_of(browser, server, key)
    other.goto("/me/sessions")
    other.get_by_role("button", name="Logg ut overalt ellers").click()
    expect(other.locator("#flashes")).to_contain_text("Du er logget ut overalt ellers.")


def comes_back(page: Page, refusal: Locator, key: str) -> None:
    here = page.url
    expect(refusal).to_contain_text("Logg inn for å gjøre dette.")
    refusal.get_by_role("link", name="Logg inn og kom tilbake hit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Logg inn")
    page.get_by_label("E-post").fill(f"{key}@example.no")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.wait_for_url(here)


def test_a_refused_comment_leads_to_signing_in_and_is_still_there(
    browser: Browser, server: Smartby
) -> None:
    kari = page_of(browser, server, "kari")
    address = writes_idea(kari, "Lys på gangveien bak skolen")
    kari.goto(address)
    live(kari)
    signs_out_elsewhere(browser, server, "kari")
    kari.get_by_label("Skriv en kommentar").fill(WORDS)
    kari.get_by_role("button", name="Send").click()
    comes_back(kari, kari.locator(".sb-refused"), "kari")
    expect(kari.get_by_label("Skriv en kommentar")).to_have_value(WORDS)
    kari.get_by_role("button", name="Send").click()
    expect(kari.locator(".sb-comment", has_text=WORDS)).to_be_visible()


def test_a_refused_move_on_the_board_leads_to_signing_in(browser: Browser, server: Smartby) -> None:
    ingrid = page_of(browser, server, "ingrid")
    writes_idea(ingrid, "Benker langs strandpromenaden")
    number = ingrid.url.rsplit("/", 1)[-1]
    ingrid.goto("/havnvik/board")
    live(ingrid)
    signs_out_elsewhere(browser, server, "ingrid")
    card = ingrid.locator(f"#bcard-{number}")
    card.locator("summary").first.click()
    card.get_by_role("button", name="Vurderes").click()
    comes_back(ingrid, card.locator(".sb-refused"), "ingrid")


def test_an_order_from_the_console_leads_to_signing_in_and_back(
    browser: Browser, server: Smartby
) -> None:
    fatima, _code = opens_doors(browser, server, (("talk", "Velkommen"), ("break", "Pause")))
    signs_out_elsewhere(browser, server, "fatima")
    fatima.get_by_role("button", name="Begynn").click()
    comes_back(fatima, fatima.locator("#said"), "fatima")
    fatima.get_by_role("button", name="Begynn").click()
    expect(fatima.get_by_role("heading", level=2, name="Velkommen")).to_be_visible()
