"""Where a network blocks web sockets, the page asks over HTTP and stays true."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_together import page_of, writes_idea
from tests.serving import Smartby

WORDS = "Det hjelper å klippe hekken også."


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def test_a_page_without_sockets_hears_of_a_comment(browser: Browser, server: Smartby) -> None:
    kari = page_of(browser, server, "kari")
    address = writes_idea(kari, "Klipp hekken ved krysset i Lia")
    reader = browser.new_context(base_url=server.url, locale="nb-NO").new_page()
    reader.route_web_socket(re.compile("socket.io"), lambda socket: socket.close())
    reader.goto(address)
    expect(reader.locator("html[data-live=polling]")).to_be_attached(timeout=20_000)
    kari.get_by_label("Skriv en kommentar").fill(WORDS)
    kari.get_by_role("button", name="Send").click()
    expect(reader.get_by_text(WORDS)).to_be_visible(timeout=20_000)
    reader.context.close()
    kari.context.close()
