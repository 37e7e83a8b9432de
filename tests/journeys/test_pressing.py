"""Pressing on while an order is under way: each press is done once, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.journeys.test_held import joins, opens_doors
from tests.journeys.test_together import live, page_of
from tests.serving import Smartby, served

STEPS = (("brainstorm", "Hva mangler i sentrum?"), ("brainstorm", "Hva ellers?"), ("break", "Ro"))

TOLD = (
    ("Stopp klokka", "«Stopp klokka» er på vei."),
    ("Lås", "«Lås» kommer rett etterpå."),
    ("+1 min", "«+1 min» ble ikke tatt med. Vent litt, og trykk igjen."),
    ("Lås", "«Lås» er på vei."),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[Smartby]:
    with served(request, "pressing") as running:
        yield running


class Wire:
    """The way from a console to the server: what is sent waits until it is let through."""

    def __init__(self, page: Page) -> None:
        self.orders: list[str] = []
        self._waiting: list[Route] = []
        page.route("**/console", self._keep)

    def _keep(self, route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        self.orders += parse_qs(route.request.post_data or "").get("do", [])
        self._waiting.append(route)

    def lets_through(self) -> None:
        """Let what waits go on its way."""
        waiting, self._waiting = self._waiting, []
        for route in waiting:
            route.continue_()


def presses(console: Page, *names: str) -> None:
    """Press buttons one after another, also one that says it takes no press just now."""
    for name in names:
        # A forced click waits for nothing and fails where the button is drawn anew under it.
        console.get_by_role("button", name=name, exact=True).dispatch_event("click")


def goes_on(page: Page) -> Locator:
    """Find the button that leads on, when it takes presses again."""
    onward = page.get_by_role("button", name="Neste", exact=True)
    expect(onward).to_be_enabled()
    return onward


def test_one_press_more_waits_for_its_turn_and_none_is_done_twice(
    browser: Browser, server: Smartby
) -> None:
    console, _code = opens_doors(browser, server, STEPS)
    presses(console, "Begynn")
    said, wire = console.locator("#said"), Wire(console)
    lock = console.get_by_role("button", name="Lås", exact=True)
    lock.wait_for()
    presses(console, "Stopp klokka")
    expect(console.locator("#do-pause")).to_have_attribute("data-busy", "sending")
    for pressed, told in TOLD:
        presses(console, pressed)
        expect(said).to_have_text(told)
    expect(lock).to_have_attribute("data-busy", "waiting")
    expect(lock).to_have_attribute("aria-disabled", "true")
    wire.lets_through()
    expect(console.get_by_role("button", name="Start klokka")).to_be_visible()
    expect(lock).to_have_attribute("data-busy", "sending")
    wire.lets_through()
    expect(console.get_by_role("button", name="Lås opp")).to_be_visible()
    expect(console.locator("[data-busy]")).to_have_count(0)
    assert wire.orders == ["pause", "lock"]


def presses_lock_while(console: Page, other: Page, name: str, end: str = "Lås") -> None:
    """Press the mouse on «Lås», and let it go on `end` when what another has pressed has come."""
    console.get_by_role("button", name="Lås", exact=True).hover()
    drawn = console.locator("[data-rev]")
    rev = drawn.get_attribute("data-rev")
    other.goto(console.url)
    console.mouse.down()
    other.get_by_role("button", name=name, exact=True).click()
    expect(drawn).not_to_have_attribute("data-rev", str(rev))
    console.get_by_role("button", name=end, exact=True).hover()
    console.mouse.up()


def test_a_press_counts_also_where_the_page_is_drawn_anew_under_it(
    browser: Browser, server: Smartby
) -> None:
    console, _code = opens_doors(browser, server, STEPS)
    presses(console, "Begynn")
    presses_lock_while(console, page_of(browser, server, "fatima"), "+1 min")
    expect(console.get_by_role("button", name="Lås opp")).to_be_visible()


def test_what_a_press_began_on_is_not_something_else_when_it_ends(
    browser: Browser, server: Smartby
) -> None:
    console, _code = opens_doors(browser, server, STEPS)
    presses(console, "Begynn")
    wire = Wire(console)
    presses_lock_while(console, page_of(browser, server, "fatima"), "Lås", "Lås opp")
    presses(console, "Stopp klokka")
    expect(console.locator("#do-pause")).to_have_attribute("data-busy", "sending")
    assert wire.orders == ["pause"]


def test_nothing_is_done_in_another_activity_than_it_was_meant_for(
    browser: Browser, server: Smartby
) -> None:
    console, _code = opens_doors(browser, server, STEPS)
    presses(console, "Begynn")
    console.get_by_role("heading", name=STEPS[0][1], level=2).wait_for()
    goes_on(console)
    wire = Wire(console)
    presses(console, "Neste", "Avslør alle lapper")
    wire.lets_through()
    expect(console.get_by_role("heading", name=STEPS[1][1], level=2)).to_be_visible()
    told = "«Avslør alle lapper» ble ikke gjort. Se hva som er i gang nå."
    expect(console.locator("#said")).to_have_text(told)
    expect(console.get_by_role("button", name="Avslør alle lapper")).to_be_visible()
    assert wire.orders == ["next"]


def test_after_what_was_refused_nothing_follows(browser: Browser, server: Smartby) -> None:
    console, _code = opens_doors(browser, server, STEPS)
    presses(console, "Begynn")
    console.get_by_role("button", name="Stopp klokka").wait_for()
    other = page_of(browser, server, "fatima")
    other.goto(console.url)
    wire = Wire(console)
    presses(console, "Stopp klokka", "Lås")
    goes_on(other).click()
    other.get_by_role("heading", name=STEPS[1][1], level=2).wait_for()
    wire.lets_through()
    said = console.locator("#said")
    expect(said).to_contain_text("Noe er endret siden du trykket.")
    expect(said).to_contain_text("«Lås» ble ikke gjort.")
    assert wire.orders == ["pause"]


def test_a_key_that_is_held_presses_once(browser: Browser, server: Smartby) -> None:
    console, _code = opens_doors(browser, server, STEPS)
    wire = Wire(console)
    console.get_by_role("button", name="Begynn").focus()
    for _turn in range(3):  # what comes while the key is down says so
        console.keyboard.down("Enter")
    wire.lets_through()
    expect(console.get_by_role("heading", name=STEPS[0][1], level=2)).to_be_visible()
    expect(goes_on(console)).to_be_focused()
    console.keyboard.down("Enter")
    console.keyboard.up("Enter")
    with console.expect_request("**/console"):
        console.keyboard.press("Enter")
    expect(console.locator("#do-next")).to_have_attribute("data-busy", "sending")
    # Had the held key pressed, this order would have been under way already.
    expect(console.locator("#said")).to_be_empty()


def begins(browser: Browser, server: Smartby) -> tuple[Page, Wire, Locator]:
    """Begin a workshop on a console whose time stands still; return what leads on, too."""
    console, _code = opens_doors(browser, server, STEPS)
    console.clock.install()
    console.reload()
    live(console)
    console.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    wire, onward = Wire(console), console.locator("#do-next")
    onward.press("Enter")
    wire.lets_through()
    expect(onward).to_have_text("Neste")
    return console, wire, onward


def test_whoever_presses_on_and_on_comes_one_step_on(browser: Browser, server: Smartby) -> None:
    console, wire, onward = begins(browser, server)
    expect(onward).to_be_focused()
    expect(onward).to_have_attribute("data-busy", "settling")
    expect(onward).to_have_attribute("aria-disabled", "true")
    for _turn in range(4):  # each one begins the moment anew
        console.clock.run_for(300)
        onward.press("Enter")
    told = "«Neste» ble ikke tatt med. Vent litt, og trykk igjen."
    expect(console.locator("#said")).to_have_text(told)
    expect(onward).to_have_attribute("data-busy", "settling")
    assert wire.orders == ["next"]


def test_after_a_moment_it_takes_presses_again(browser: Browser, server: Smartby) -> None:
    console, wire, onward = begins(browser, server)
    console.clock.run_for(1_000)
    expect(onward).to_be_enabled()
    onward.press("Enter")
    expect(onward).to_have_attribute("data-busy", "sending")
    wire.lets_through()
    expect(console.get_by_role("heading", name=STEPS[1][1], level=2)).to_be_visible()
    for button in (onward, console.locator("#do-back")):
        expect(button).to_have_attribute("data-busy", "settling")
    assert wire.orders == ["next", "next"]


GIVEN = """
from smartby import create_app
from tests.people import ORIGIN, Visitor
from tests.workshops.test_leads import gives
app = create_app({{"PUBLIC_URL": ORIGIN}})
assert gives(app, Visitor(app, "fatima"), {number}, "amir", "helper") == 303
"""


def test_whoever_helps_takes_down_a_hand_that_somebody_else_has_raised(
    browser: Browser, server: Smartby
) -> None:
    console, code = opens_doors(browser, server, STEPS)
    address = console.url.removesuffix("/console")
    server.runs(GIVEN.format(number=address.rpartition("/")[2]))
    aud, helper = joins(browser, server, code), page_of(browser, server, "amir")
    helper.goto(f"{address}/helping")
    hand = aud.get_by_role("button", name="Rekk opp hånda")
    hand.click()
    helper.get_by_role("button", name="Ta ned hånda til Deltaker 1").click()
    expect(helper.get_by_role("button", name="Ta ned")).to_have_count(0)
    expect(hand).to_have_attribute("aria-pressed", "false")
    expect(console.get_by_role("button", name="Ta ned")).to_have_count(0)
