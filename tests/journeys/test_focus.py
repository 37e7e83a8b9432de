"""What has the focus may go away under it: then it goes to where one can go on from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.test_held import joins, note, opens_doors
from tests.serving import Smartby, served

STEPS = (("brainstorm", "Hva mangler i sentrum?"), ("fist", "Er vi enige?"), ("break", "Pause"))
NOWHERE = "document.activeElement === document.body"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[Smartby]:
    with served(request, "focus") as running:
        yield running


def presses(page: Page, name: str) -> None:
    """Press a button by the keyboard, when it takes presses."""
    button = page.get_by_role("button", name=name)
    expect(button).to_be_enabled()
    button.press("Enter")


def heading(page: Page) -> Locator:
    """Find what a phone's page is called in the second activity."""
    return page.get_by_role("heading", name="Er vi enige?", level=1)


def test_on_the_console_the_next_button_or_the_heading_gets_it(
    browser: Browser, server: Smartby
) -> None:
    console, code = opens_doors(browser, server, STEPS)
    aud = joins(browser, server, code)
    presses(console, "Begynn")
    onward = console.get_by_role("button", name="Neste")
    expect(onward).to_be_focused()
    presses(console, "Stopp klokka")
    expect(console.get_by_role("button", name="Start klokka")).to_be_focused()
    presses(console, "Avslør alle lapper")
    expect(console.locator("#do-conceal")).to_be_focused()
    presses(console, "Neste")
    expect(console.get_by_role("heading", name="Er vi enige?", level=2)).to_be_visible()
    expect(onward).to_be_focused()
    presses(console, "Lukk og vis resultatet")
    asked = console.get_by_role("heading", name="Er vi enige?", level=2)
    expect(asked).to_be_focused()
    # Also after all that the room is told has come to the console.
    aud.get_by_role("button", name="Rekk opp hånda").click()
    expect(console.get_by_text("Deltaker 1")).to_be_visible()
    expect(asked).to_be_focused()


def test_what_is_left_open_is_said_politely_with_the_way_back(
    browser: Browser, server: Smartby
) -> None:
    console, _code = opens_doors(browser, server, STEPS[1:])
    presses(console, "Begynn")
    presses(console, "Neste")
    told = "Runden i «Er vi enige?» er fortsatt åpen."
    expect(console.locator("#announcer")).to_have_text(told)
    presses(console, "Gå tilbake til den")
    expect(console.get_by_role("button", name="Lukk runden")).to_be_visible()
    expect(console.get_by_text(told)).to_have_count(0)


def test_nobody_is_moved_who_writes_in_what_stays(browser: Browser, server: Smartby) -> None:
    console, code = opens_doors(browser, server, STEPS)
    aud, bo = joins(browser, server, code), joins(browser, server, code)
    console.get_by_role("button", name="Begynn").click()
    written = aud.get_by_label("Ny lapp")
    written.press_sequentially("Et bad")
    console.get_by_role("button", name="Stopp klokka").click()
    console.get_by_role("button", name="Start klokka").wait_for()
    console.get_by_role("button", name="Avslør alle lapper").click()
    expect(console.locator("#do-conceal")).to_be_visible()
    bo.get_by_label("Ny lapp").fill("Benker")
    bo.get_by_role("button", name="Legg til lapp").click()
    expect(note(aud.locator(".sb-shown"), "Benker")).to_be_visible()
    expect(written).to_be_focused()
    expect(written).to_have_value("Et bad")


def test_on_a_phone_the_heading_gets_it_from_what_is_gone_alone(
    browser: Browser, server: Smartby
) -> None:
    console, code = opens_doors(browser, server, STEPS)
    aud, bo = joins(browser, server, code), joins(browser, server, code)
    console.get_by_role("button", name="Begynn").click()
    aud.get_by_label("Ny lapp").focus()
    bo.get_by_role("button", name="Rekk opp hånda").focus()
    console.get_by_role("button", name="Neste").click()
    for page in (aud, bo):
        expect(heading(page)).to_be_visible()
    expect(heading(aud)).to_be_focused()
    expect(bo.get_by_role("button", name="Rekk opp hånda")).to_be_focused()


def test_when_a_result_comes_the_heading_gets_it(browser: Browser, server: Smartby) -> None:
    console, code = opens_doors(browser, server, STEPS[1:])
    aud, bo = joins(browser, server, code), joins(browser, server, code)
    console.get_by_role("button", name="Begynn").click()
    chosen = aud.get_by_role("button", name="Det er bra")
    chosen.press("Enter")
    expect(aud.get_by_text("Lagret. Du kan endre")).to_be_visible()
    expect(chosen).to_be_focused()
    console.get_by_role("button", name="Lukk og vis resultatet").click()
    expect(aud.get_by_text("Stemmen din er talt med")).to_be_visible()
    expect(heading(aud)).to_be_focused()
    expect(bo.locator(".sb-outcome").first).to_be_visible()
    assert bo.evaluate(NOWHERE)


def test_what_is_taken_away_leaves_it_to_its_neighbour_and_at_last_to_the_heading(
    browser: Browser, server: Smartby
) -> None:
    console, code = opens_doors(browser, server, STEPS)
    aud = joins(browser, server, code)
    console.get_by_role("button", name="Begynn").click()
    for words in ("Et bad", "Benker", "Trær"):
        aud.get_by_label("Ny lapp").fill(words)
        aud.get_by_role("button", name="Legg til lapp").click()
        expect(note(console, words)).to_be_visible()
    # The newest stands first: Trær, Benker, Et bad.
    console.locator("summary", has_text="Valg for «Benker»").focus()
    said = console.locator("#announcer")
    for gone, focused in (("Benker", "Et bad"), ("Et bad", "Trær")):
        aud.get_by_role("button", name=f"Ta tilbake «{gone}»").click()
        expect(note(console, gone)).to_have_count(0)
        expect(console.locator(".sb-note", has=note(console, focused))).to_be_focused()
        expect(said).to_have_text("Det du sto på, er tatt bort.")
    # Enter here presses nothing: nobody reveals or holds back what was not meant.
    console.keyboard.press("Enter")
    expect(note(console, "Trær")).to_be_visible()
    aud.get_by_role("button", name="Ta tilbake «Trær»").click()
    expect(note(console, "Trær")).to_have_count(0)
    expect(console.get_by_role("heading", name="Hva mangler i sentrum?", level=2)).to_be_focused()
    # Whoever was elsewhere is left alone, and told nothing.
    assert aud.locator("#announcer").inner_text() != said.inner_text()
