"""A page that is open when one is signed out elsewhere leads to signing in and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.test_held import joins, note, opens_doors, writes
from tests.journeys.test_together import live, page_of, writes_idea
from tests.people import PASSWORD
from tests.serving import Smartby

REFUSED = "Logg inn for å gjøre dette."
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
    refusal = kari.locator(".sb-refused")
    expect(refusal).to_contain_text(REFUSED)
    comes_back(kari, refusal, "kari")
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
    refusal = card.locator(".sb-refused")
    expect(refusal).to_contain_text(REFUSED)
    comes_back(ingrid, refusal, "ingrid")


def test_the_console_says_so_at_once_and_shows_nothing_that_is_secret(
    browser: Browser, server: Smartby
) -> None:
    fatima, code = opens_doors(browser, server, (("brainstorm", "Hva mangler?"), ("break", "Ro")))
    aud = joins(browser, server, code)
    fatima.get_by_role("button", name="Begynn").click()
    writes(aud, WORDS)
    expect(note(fatima, WORDS)).to_be_visible()
    onward = fatima.get_by_role("button", name="Neste")
    onward.focus()
    signs_out_elsewhere(browser, server, "fatima")
    told = fatima.locator("#connection")
    expect(told).to_contain_text("Du er ikke logget inn her lenger.")
    for secret in (note(fatima, WORDS), onward, fatima.get_by_role("timer")):
        expect(secret).to_be_hidden()
    expect(fatima.locator("#main")).to_be_focused()
    comes_back(fatima, told, "fatima")
    expect(note(fatima, WORDS)).to_be_visible()
    expect(fatima.locator("#away")).to_be_hidden()


def test_any_page_of_ones_own_says_so_and_stays_as_it_was(
    browser: Browser, server: Smartby
) -> None:
    kari, reader = page_of(browser, server, "kari"), page_of(browser, server)
    for page in (kari, reader):
        page.goto("/havnvik/ideas")
        live(page)
    same = kari.context.new_page()
    same.goto("/havnvik/me")
    same.locator(".sb-top").get_by_text("Kari").first.click()
    same.get_by_role("button", name="Logg ut").click()
    told = kari.get_by_text("Du er ikke logget inn her lenger.")
    expect(told).to_be_visible()
    expect(kari.get_by_role("heading", level=1)).to_be_visible()
    assert reader.locator("#away").count() == 0
