"""Voting in a hall: on cards, blind, revealed together, and again with what moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from smartby.core.clock import now, oslo
from tests.journeys.test_held import joins, note, opens_screen, writes
from tests.journeys.test_together import live, page_of
from tests.serving import Smartby, served

KINO, BADSTU = "Kino på taket", "Badstu ved elva"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[Smartby]:
    with served(request, "voting") as running:
        yield running


def opens(browser: Browser, server: Smartby, kinds: Sequence[str]) -> tuple[Page, str]:
    """Plan a brainstorm and votes over what it makes; open the doors."""
    page = page_of(browser, server, "fatima")
    page.goto("/havnvik/workshops/new")
    page.locator("[name=title]").fill("Hva skal den gamle brannstasjonen bli?")
    page.locator("[name=purpose]").fill("Alle i byen er velkommen.")
    page.locator("[name=day]").fill((oslo(now()).date() + timedelta(days=3)).isoformat())
    page.locator("[name=time]").fill("18:00")
    page.locator("[name=place]").fill("Kulturhuset")
    page.locator("main form.sb-form button[type=submit]").first.click()
    page.wait_for_url("**/edit*")
    number = page.url.split("/workshops/")[1].split("/")[0]
    for kind in ("brainstorm", *kinds):
        token = page.locator("[name=csrf_token]").first.input_value()
        sent = page.request.post(
            f"/havnvik/workshops/{number}/programme",
            form={"csrf_token": token, "kind": kind, "title": f"Punkt {kind}", "minutes": "8"},
            headers={"Origin": server.url},
        )
        assert sent.ok
    page.goto(f"/havnvik/workshops/{number}")
    page.get_by_role("button", name="Åpne dørene").click()
    page.get_by_role("heading", name="Åpne dørene nå?").wait_for()  # it is early, and unannounced
    page.get_by_role("button", name="Åpne dørene").click()
    page.wait_for_url("**/console")
    live(page)
    return page, page.locator(".sb-pagehead .sb-num").inner_text().replace(" ", "")


def brainstorms(console: Page, writer: Page, *words: str) -> None:
    """Write cards and reveal them."""
    console.get_by_role("button", name="Begynn").click()
    for body in words:
        writes(writer, body)
        expect(note(writer, body)).to_be_visible()
    console.get_by_role("button", name="Avslør alle lapper").click()
    expect(console.get_by_role("button", name="Skjul lappene igjen")).to_be_visible()


def gives(page: Page, title: str, dots: int) -> None:
    """Put dots on an item by the keyboard alone: the button keeps the focus."""
    plus = page.get_by_role("group", name=title).get_by_role("button", name="Sett en prikk")
    plus.focus()
    for n in range(dots):
        page.keyboard.press("Enter")
        shown = page.get_by_role("group", name=title).locator(".sb-stepper__n")
        expect(shown).to_contain_text(str(n + 1))
        expect(plus).to_be_focused()


def test_a_hall_votes_blind_sees_it_together_and_votes_again(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    console, code = opens(browser, server, ["dots"])
    aud, bo = joins(browser, server, code), joins(browser, server, code)
    screen = opens_screen(browser, server, console)
    brainstorms(console, aud, KINO, BADSTU)
    console.get_by_role("button", name="Neste").click()
    gives(aud, KINO, 2)
    expect(aud.get_by_text("1 prikk igjen")).to_be_visible()
    expect(screen.locator(".sb-poll__count")).to_have_text("1 av 2 har stemt")
    gives(bo, KINO, 1)
    expect(screen.locator(".sb-poll__count")).to_have_text("2 av 2 har stemt")
    for page in (aud, bo, screen, console):
        assert not page.locator(".sb-outcome, .sb-dots").count()

    console.get_by_role("button", name="Lukk og vis resultatet").click()
    for page in (aud, bo, screen, console):
        lead = page.locator(":is(.sb-outcome, .sb-group)[data-state=lead]")
        expect(lead).to_contain_text(KINO)
        expect(lead).to_contain_text("3 prikker")
    expect(aud.get_by_text("Runden er lukket. Stemmen din er talt med.")).to_be_visible()

    console.get_by_text("Ny runde", exact=True).click()
    console.get_by_role("button", name="Åpne ny runde").click()
    expect(bo.get_by_text("3 prikker igjen")).to_be_visible()
    expect(bo.get_by_text("Resultat av runde 1")).to_be_visible()
    gives(bo, BADSTU, 3)
    console.get_by_role("button", name="Lukk og vis resultatet").click()
    for page in (aud, bo, screen, console):
        expect(page.locator(":is(.sb-outcome, .sb-group)[data-state=lead]")).to_contain_text(
            "1 plass opp"
        )
