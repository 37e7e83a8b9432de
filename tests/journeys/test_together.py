"""Post, support, comment and move, with two people watching; a server that dies meanwhile."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.people import PASSWORD
from tests.serving import Smartby, served


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[Smartby]:
    with served(request, "journey") as running:
        yield running


def page_of(browser: Browser, server: Smartby, key: str | None = None) -> Page:
    page = browser.new_context(base_url=server.url, locale="nb-NO").new_page()
    page.set_default_timeout(10_000)
    if key:
        signs_in(page, key)
    return page


def signs_in(page: Page, key: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-post").fill(f"{key}@example.no")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.wait_for_url(re.compile("(?<!sign-in)$"))


def live(page: Page) -> None:
    expect(page.locator("html[data-live=socket]")).to_be_attached()


def ticks(box: Locator) -> None:
    """Tick a box in one step: between a look and a click the suggestion may have ticked it."""
    box.evaluate("box => box.checked || box.click()")


def writes_idea(page: Page, title: str) -> str:
    page.goto("/havnvik/ideas/new")
    page.get_by_label("Hva er ideen?").fill(title)
    page.get_by_label("Hvorfor, og for hvem?").fill(
        "Det er mørkt på gangveien, og barna går der hver morgen."
    )
    ticks(page.get_by_label("Sett innbyggerne i sentrum"))
    page.get_by_role("button", name="Publiser").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def test_two_people_see_each_other_act(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    kari, ingrid, reader = (page_of(browser, server, key) for key in ("kari", "ingrid", None))
    address = writes_idea(kari, "Lys på gangveien bak skolen")
    number = address.rsplit("/", 1)[-1]
    reader.goto(address)
    ingrid.goto(address)
    live(reader)
    live(kari)
    live(ingrid)

    ingrid.locator(f"[data-press='supports-{number}']").first.click()
    expect(reader.locator(f"[data-live='support-{number}']").first).to_have_text("1")
    expect(kari.locator(f"[data-live='support-{number}']").first).to_have_text("1")

    ingrid.get_by_label("Skriv en kommentar").fill("Vi ser på lysene i Lia.")
    ingrid.get_by_role("button", name="Send").click()
    expect(ingrid.get_by_text("Vi ser på lysene i Lia.")).to_be_visible()
    pill = reader.locator(f"[data-pill-for='comments-{number}']:visible")
    comment = reader.get_by_text("Vi ser på lysene i Lia.")
    expect(pill.or_(comment).first).to_be_visible()
    if pill.count():
        pill.get_by_role("button").click()
    expect(comment).to_be_visible()

    ingrid.goto("/havnvik/board")
    card = ingrid.locator(f"#bcard-{number}")
    card.locator("summary").first.click()
    card.get_by_role("button", name="Vurderes").click()
    expect(reader.locator(f"#standing-{number} [aria-current=step]")).to_contain_text("Vurderes")
    expect(reader.locator(f"#timeline-{number}")).to_contain_text("Vurderes")


def test_a_killed_server_comes_back_and_the_page_catches_up(
    browser: Browser, server: Smartby
) -> None:
    kari, reader = page_of(browser, server, "kari"), page_of(browser, server)
    address = writes_idea(kari, "Benker langs strandpromenaden")
    number = address.rsplit("/", 1)[-1]
    reader.goto(address)
    live(reader)
    reader.evaluate("window.stillTheSamePage = true")
    server.kill()
    expect(reader.locator("#offline")).to_be_visible()
    server.serve()
    jonas = page_of(browser, server, "jonas")
    jonas.goto(address)
    jonas.locator(f"[data-press='supports-{number}']").first.click()
    expect(reader.locator(f"[data-live='support-{number}']").first).to_have_text("1")
    expect(reader.locator("#offline")).to_be_hidden()
    assert reader.evaluate("window.stillTheSamePage")


def test_a_page_moves_to_the_new_processes_of_a_deploy_without_being_read_anew(
    browser: Browser, server: Smartby
) -> None:
    kari, reader = page_of(browser, server, "kari"), page_of(browser, server)
    address = writes_idea(kari, "Sykkelstativ ved kaia")
    number = address.rsplit("/", 1)[-1]
    jonas = page_of(browser, server, "jonas")
    for page in (reader, jonas):
        page.goto(address)
        live(page)
        page.evaluate("window.stillTheSamePage = true")
    assert server.process is not None
    with jonas.expect_websocket(), reader.expect_websocket():  # the old process told them to move
        os.kill(server.process.pid, signal.SIGHUP)  # gunicorn: new workers, then the old ones leave
    live(reader)
    live(jonas)
    jonas.locator(f"[data-press='supports-{number}']").first.click()
    # Two new workers start on a machine that has other things to do.
    total = reader.locator(f"[data-live='support-{number}']").first
    expect(total).to_have_text("1", timeout=30_000)
    assert reader.evaluate("window.stillTheSamePage") and jonas.evaluate("window.stillTheSamePage")
