"""Somebody who has no account writes first: the words survive signing up and the mail."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.journeys.test_together import page_of, ticks
from tests.serving import Smartby

TITLE = "Badetrapp ved den gamle kaia"


def link_in_mail(server: Smartby) -> str:
    """Send what waits, as the job does, and return the link in the one letter."""
    assert "1 sent" in server.flask("mail", "send").stdout
    (letter,) = (Path(server.env["SMARTBY_DATA"]) / "mail").glob("*.eml")
    body = message_from_bytes(letter.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    found = re.search(r"http://[^/]+(/\S+)", body.get_content())
    assert found is not None
    return found[1]


def test_words_typed_before_there_was_an_account_are_published(  # noqa: PLR0915 - a story
    browser: Browser,
) -> None:
    with Smartby() as server:
        page = page_of(browser, server)
        page.goto("/havnvik/ideas/new")
        page.get_by_label("Hva er ideen?").fill(TITLE)
        page.get_by_label("Hvorfor, og for hvem?").fill("Det er bratt ned til vannet for barna.")
        ticks(page.get_by_label("Sett innbyggerne i sentrum"))
        page.get_by_role("button", name="Logg inn og publiser").click()
        expect(page.get_by_text(f"«{TITLE}» blir publisert når du er logget inn.")).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="Lag bruker").click()
        page.get_by_label("Navn").fill("Nina Ny")
        page.get_by_label("E-post").fill("nina@example.no")
        page.get_by_label("Passord").fill("to trette katter under kaia")
        page.get_by_role("main").get_by_role("button", name="Lag bruker").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Se i e-posten din")

        page.goto(link_in_mail(server))
        expect(page.get_by_text(f"«{TITLE}» blir publisert")).to_be_visible()
        page.get_by_role("button", name="Bekreft e-posten").click()
        # As the button said: published, and the browser's own copy is gone.
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(page.get_by_role("main")).to_contain_text("Nina Ny")
        page.goto("/havnvik/ideas/new")
        expect(page.get_by_label("Hva er ideen?")).to_have_value("")
