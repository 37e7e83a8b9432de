"""A ballot on a phone while the vote is locked: it says what one voted, and comes back after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_held import joins, opens_doors
from tests.serving import Smartby, served


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[Smartby]:
    with served(request, "locked-ballot") as running:
        yield running


def test_it_is_locked_and_opened_under_the_eyes_of_whoever_votes(
    browser: Browser, server: Smartby
) -> None:
    console, code = opens_doors(browser, server, (("fist", "Er vi enige?"), ("break", "Ro")))
    aud, bo = joins(browser, server, code), joins(browser, server, code)
    console.get_by_role("button", name="Begynn").click()
    chosen = aud.get_by_role("button", name="4: Det er bra")
    chosen.press("Enter")
    expect(aud.get_by_text("Lagret. Du kan endre")).to_be_visible()
    expect(chosen).to_be_focused()
    console.get_by_role("button", name="Lås", exact=True).click()
    # What is being pressed may still be sent for some seconds.
    expect(aud.locator(".sb-clock__said")).to_contain_text("Låses nå.")
    for page, told in ((aud, "Dette har du stemt:"), (bo, "Du har ikke stemt ennå.")):
        expect(page.locator(".sb-own")).to_contain_text(told, timeout=15_000)
        expect(page.locator(".sb-own button")).to_have_count(0)
    expect(aud.locator(".sb-own li")).to_contain_text("Det er bra")
    expect(aud.get_by_role("heading", name="Er vi enige?", level=1)).to_be_focused()
    bo.reload()
    expect(bo.locator(".sb-own")).to_contain_text("Stemmingen er låst akkurat nå.")
    console.get_by_role("button", name="Lås opp").click()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    bo.get_by_role("button", name="5: Jeg vil være med").click()
    expect(bo.get_by_text("Lagret. Du kan endre")).to_be_visible()
