"""A small phone while a workshop is held: what it shows at once, says, and keeps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_held import joins, note, writes
from tests.journeys.test_voting import BADSTU, KINO, opens
from tests.serving import Smartby

KINDS = ("pairwise", "statements", "matrix", "score")
WHY = "Navngir en ansatt"


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def begins(browser: Browser, server: Smartby) -> tuple[Page, Page]:
    """Open a brainstorm; return the console and a small phone."""
    console, code = opens(browser, server, KINDS)
    phone = joins(browser, server, code)
    phone.set_viewport_size({"width": 320, "height": 640})
    console.get_by_role("button", name="Begynn").click()
    return console, phone


def hears(phone: Page, words: str) -> None:
    """A screen reader is told, and the focus is left alone."""
    expect(phone.locator("#announcer")).to_have_text(words, timeout=10_000)


def test_a_phone_counts_keeps_and_follows(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    console, phone = begins(browser, server)
    hears(phone, "Nå: Punkt brainstorm")
    assert phone.evaluate("document.activeElement.tagName") == "BODY"
    field = phone.get_by_label("Ny lapp")

    expect(phone.get_by_text("280 tegn igjen")).to_be_visible()
    field.fill("å" * 300)
    phone.get_by_role("button", name="Legg til lapp").click()
    expect(phone.locator(".sb-refused")).to_have_text("20 tegn for mye")
    expect(field).to_have_value("å" * 300)
    expect(field).to_be_focused()
    writes(phone, KINO)
    expect(note(console, KINO)).to_be_visible()
    expect(phone.get_by_text("280 tegn igjen")).to_be_visible()

    field.fill("Noe mer")
    console.locator("[id^=tools-of-]").click()
    console.get_by_label("Hvorfor?").fill(WHY)
    console.get_by_role("button", name="Hold tilbake").click()
    expect(phone.locator("[data-mine] [data-kind=held]")).to_contain_text(WHY)
    expect(field).to_be_focused()
    expect(field).to_have_value("Noe mer")

    console.get_by_role("button", name="Lås", exact=True).click()
    hears(phone, "Låses nå. Det som er skrevet, kan sendes i noen sekunder til.")
    expect(field).to_be_visible()
    hears(phone, "Låst. Ingen kan legge til noe nå.")
    expect(phone.get_by_text("Låst. Ingen kan legge til noe nå.").last).to_be_visible()
    expect(field).to_be_hidden()
    console.get_by_role("button", name="Lås opp").click()
    hears(phone, "Det er åpent for å legge til.")
    expect(field).to_have_value("Noe mer")
    expect(phone.get_by_text("273 tegn igjen")).to_be_visible()


def test_every_ballot_has_room_on_a_small_phone(browser: Browser, server: Smartby) -> None:
    console, phone = begins(browser, server)
    for body in (KINO, BADSTU):
        writes(phone, body)
        expect(note(phone, body)).to_be_visible()
    console.get_by_role("button", name="Avslør alle lapper").click()
    expect(console.get_by_role("button", name="Skjul lappene igjen")).to_be_visible()
    console.set_viewport_size({"width": 1280, "height": 420})
    for kind in KINDS:
        console.evaluate("scrollTo(0, document.body.scrollHeight)")
        console.get_by_role("button", name="Neste", exact=True).click()
        # The leader reads it from its beginning too.
        expect(console.get_by_role("heading", name=f"Punkt {kind}", level=2)).to_be_in_viewport()
        hears(phone, f"Nå: Punkt {kind}")
        # What is one's own from the first moment comes without reading the page anew.
        pressable = phone.locator(".sb-press:is([data-kind=side], [data-kind=mark])")
        expect(pressable.first).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, kind
        if kind == "statements":
            assert all(box["width"] > 90 for box in boxes(phone, ".sb-three > :not(:last-child)"))
        if kind in ("matrix", "score"):
            tops = [box["y"] for box in boxes(phone, ".sb-marks:first-of-type > .sb-press")]
            assert len({round(top) for top in tops[:5]}) == 1, kind
        if kind == "matrix":
            assert boxes(phone, ".sb-ballot__item > .ds-label")[0]["height"] < 40


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    """Where the elements stand."""
    found = "all => all.map(one => one.getBoundingClientRect().toJSON())"
    return list(page.locator(selector).evaluate_all(found))
