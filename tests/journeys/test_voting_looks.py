"""Every ballot and every result, as those see them who need contrast, width or a screen reader."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.looking import Looker
from tests.journeys.test_voting import BADSTU, KINO, brainstorms, opens
from tests.serving import Smartby

KINDS = (
    "dots", "approval", "poll", "score", "scale", "fist", "ranking", "pairwise", "matrix",
    "statements",
)  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


@pytest.mark.timeout(600)
def test_ballots_and_results_are_accessible(  # noqa: PLR0915 - a walk through all of them
    browser: Browser, server: Smartby
) -> None:
    console, code = opens(browser, server, KINDS)
    guest, leader = Looker(browser, server.url), Looker(browser, server.url)
    leader.context.add_cookies(console.context.cookies())
    guest.page.goto(f"/j/{code}")
    guest.page.get_by_role("button", name="Bli med", exact=True).click()
    room = guest.page.url.removeprefix(server.url)
    screen = console.get_by_role("link", name="Åpne storskjerm").get_attribute("href") or ""
    brainstorms(console, guest.page, KINO, BADSTU)
    for kind in KINDS:
        console.get_by_role("button", name="Neste").click()
        expect(console.get_by_role("heading", name=f"Punkt {kind}", level=2)).to_be_visible()
        guest.visits(room)
        guest.page.locator(".sb-ballot .sb-press:not([aria-disabled])").first.click()
        if kind == "matrix":
            guest.page.get_by_role("button", name="Innsats: 2").click()
        expect(guest.page.get_by_text("Lagret. Du kan endre")).to_be_visible()
        guest.visits(f"{room}?{kind}")
        console.get_by_role("button", name="Lukk og vis resultatet").click()
        expect(console.locator(".sb-outcome").first).to_be_visible()
        guest.visits(f"{room}?result-{kind}")
        leader.visits(screen)
    leader.visits(console.url.removeprefix(server.url))
    assert (guest.problems, leader.problems) == ({}, {})


# Every kind with seven options and twelve votes: while one votes, with the result, and with a
# former round's result below the one that is on. The last options are as long as they become.
PLANTED = f"""
import json
from smartby import create_app
from tests.activities.halls import MANY, SEVEN, hall, screen_of
from tests.facilitation.holding import drives
from tests.people import ORIGIN, Visitor
fatima = Visitor(create_app({{"PUBLIC_URL": ORIGIN}}), "fatima")
screens = {{}}
for kind in {KINDS!r}:
    for many, options in (("seven", SEVEN), ("many", MANY)):
        for orders in ((), ("reveal",), ("reveal", "again")):
            number = hall(fatima, kind, options=options)
            for order in orders:
                drives(fatima, number, order)
            name = " ".join((kind, many, *orders))
            screens[name] = screen_of(fatima.app, number)
print(json.dumps(screens))
"""
SIZES = ((1920, 1080), (1366, 768), (1280, 720))
OVER = """size => [
    document.documentElement.scrollHeight - size[1], document.documentElement.scrollWidth - size[0]
]"""


@pytest.mark.timeout(600)
def test_nobody_has_to_scroll_a_projector(browser: Browser, server: Smartby) -> None:
    screens = json.loads(server.runs(PLANTED).splitlines()[-1])
    page = browser.new_context(base_url=server.url, locale="nb-NO").new_page()
    over = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for name, address in screens.items():
            page.goto(address)
            page.evaluate("document.fonts.ready")
            found = page.evaluate(OVER, [width, height])
            if max(found) > 0:
                over[f"{name} {width}"] = found
    assert over == {}
