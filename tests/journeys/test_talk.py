"""A discussion in the browser: two people at once, a line that goes down, and no line at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import TAGS
from tests.journeys.test_together import live, page_of
from tests.serving import Smartby

IDEAS = """
from datetime import timedelta
from smartby import create_app
from smartby.core.clock import now
from tests.challenges.test_page import asks
from tests.people import Visitor
app = create_app({"TESTING": True, "ASYNC": "threading", "PUBLIC_URL": "http://localhost"})
sunniva = Visitor(app, "sunniva")
for number in range(1, 10):
    assert sunniva.has_idea(f"Lys på gangvei nummer {number} i Lia") == number
assert asks(app, unit=True, closes_at=now() + timedelta(days=9)) == 10
"""
numbers = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        running.runs(IDEAS)
        yield running


@pytest.fixture
def address() -> str:
    """An idea that no other test has touched."""
    return f"/havnvik/ideas/{next(numbers)}"


@pytest.fixture
def people(browser: Browser, server: Smartby, address: str) -> Iterator[tuple[Page, Page, str]]:
    """Kari and Jonas, each with the same new idea open, and its number."""
    kari, jonas = page_of(browser, server, "kari"), page_of(browser, server, "jonas")
    for page in (kari, jonas):
        page.goto(address)
        live(page)
    yield kari, jonas, address.rsplit("/", 1)[-1]
    kari.context.close()
    jonas.context.close()


def says(page: Page, words: str, stance: str = "") -> None:
    page.get_by_label("Skriv en kommentar").fill(words)
    if stance:
        page.get_by_label(stance, exact=True).check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".sb-comment__text", has_text=words)).to_be_visible()


def sees(page: Page, words: str) -> None:
    """See what somebody else wrote, perhaps behind the pill."""
    pill = page.locator("[data-pill-for]:visible").get_by_role("button")
    text = page.locator(".sb-comment__text", has_text=words)
    expect(pill.or_(text).first).to_be_visible()
    if pill.count():
        pill.click()
    expect(text).to_be_visible()


def test_two_people_talk_in_threads(  # noqa: PLR0915 - a story
    people: tuple[Page, Page, str],
) -> None:
    kari, jonas, number = people
    says(jonas, "Blir det strødd like tidlig?", "Spørsmål")
    sees(kari, "Blir det strødd like tidlig?")
    expect(kari.locator(f"[data-live='comments-{number}']")).to_have_text("1")
    expect(kari.locator(f"#stances-{number}")).to_contain_text("1 spør")

    kari.get_by_role("link", name="Svar", exact=True).click()
    field = kari.get_by_label("Skriv et svar")
    expect(field).to_be_focused()
    field.press_sequentially("Ja, ")
    expect(jonas.locator("[data-writing]")).to_have_text("1 skriver nå")
    expect(kari.locator("[data-writing]")).to_be_hidden()
    field.press_sequentially("det blir det.")
    kari.locator(".sb-reply").get_by_role("button", name="Send").click()
    expect(kari.locator(".sb-reply")).to_have_count(0)
    expect(jonas.locator(".sb-thread .sb-thread").first).to_contain_text("Ja, det blir det.")

    useful = kari.get_by_role("button", name="Nyttig").first
    useful.click()
    expect(useful).to_have_attribute("aria-pressed", "true")
    expect(jonas.get_by_role("button", name="Nyttig").first).to_have_text("Nyttig 1")

    jonas.get_by_role("link", name="Endre", exact=True).click()
    jonas.get_by_label("Kommentaren din").fill("Blir det strødd før klokka sju?")
    jonas.get_by_role("button", name="Lagre").click()
    expect(kari.locator(".sb-comment__text").first).to_have_text("Blir det strødd før klokka sju?")
    expect(kari.get_by_text("redigert")).to_be_visible()


def test_a_reply_being_typed_survives_what_happens_around_it(
    people: tuple[Page, Page, str],
) -> None:
    kari, jonas, _number = people
    says(jonas, "Den første kommentaren.")
    sees(kari, "Den første kommentaren.")
    kari.get_by_role("link", name="Svar", exact=True).click()
    kari.get_by_label("Skriv et svar").fill("Jeg er midt i en tanke")
    jonas.get_by_role("link", name="Endre", exact=True).click()
    jonas.get_by_label("Kommentaren din").fill("Den første, endret.")
    jonas.get_by_role("button", name="Lagre").click()
    expect(kari.locator(".sb-comment__text").first).to_have_text("Den første, endret.")
    expect(kari.get_by_label("Skriv et svar")).to_have_value("Jeg er midt i en tanke")
    kari.reload()
    kari.get_by_role("link", name="Svar", exact=True).click()
    expect(kari.get_by_label("Skriv et svar")).to_have_value("Jeg er midt i en tanke")
    kari.keyboard.press("Escape")
    expect(kari.get_by_role("link", name="Svar", exact=True)).to_be_focused()


def test_what_is_written_while_the_line_is_down_is_sent_when_it_is_back(
    people: tuple[Page, Page, str],
) -> None:
    kari, jonas, number = people
    kari.context.set_offline(True)
    kari.get_by_label("Skriv en kommentar").fill("Skrevet i tunnelen.")
    kari.get_by_role("button", name="Send").click()
    waits = kari.get_by_text("Ikke sendt ennå.")
    expect(waits).to_be_visible()
    kari.locator(f"[data-press='supports-{number}']").first.click()
    expect(kari.locator("[data-compose][data-state=offline]")).to_be_visible()
    kari.context.set_offline(False)
    sees(kari, "Skrevet i tunnelen.")
    expect(waits).to_be_hidden()
    expect(kari.get_by_label("Skriv en kommentar")).to_have_value("")
    sees(jonas, "Skrevet i tunnelen.")
    expect(jonas.locator(f"[data-live='comments-{number}']")).to_have_text("1")


def test_a_refusal_stands_beside_the_control_and_keeps_the_words(
    people: tuple[Page, Page, str],
) -> None:
    kari, _jonas, number = people
    kari.get_by_label("Skriv en kommentar").fill("x")
    kari.get_by_role("button", name="Send").click()
    expect(kari.get_by_role("alert")).to_have_text("Kommentaren må ha mellom 2 og 3 000 tegn.")
    expect(kari.get_by_label("Skriv en kommentar")).to_have_value("x")
    expect(kari.get_by_label("Skriv en kommentar")).to_be_focused()
    says(kari, "Nå er den lang nok.")
    expect(kari.get_by_role("alert")).to_have_count(0)

    kari.route("**/support", lambda route: route.fulfill(
        status=403, json={"error": 403, "message": "Støtten er stengt i dette steget."}
    ))  # fmt: skip
    button = kari.locator(f"button[data-press='supports-{number}']").first
    button.click()
    expect(kari.get_by_role("alert")).to_have_text("Støtten er stengt i dette steget.")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(kari.locator(f"[data-live='support-{number}']").first).to_have_text("0")


def test_support_shows_in_ones_other_tab(people: tuple[Page, Page, str]) -> None:
    kari, _jonas, number = people
    other = kari.context.new_page()
    other.goto(kari.url)
    live(other)
    kari.locator(f"button[data-press='supports-{number}']").first.click()
    expect(other.locator(f"button[data-press='supports-{number}']").first).to_have_attribute(
        "aria-pressed", "true"
    )
    other.locator(f"button[data-press='supports-{number}']").first.click()
    expect(kari.locator(f"button[data-press='supports-{number}']").first).to_have_attribute(
        "aria-pressed", "false"
    )
    expect(kari.locator(f"[data-live='support-{number}']").first).to_have_text("0")


def test_words_typed_before_signing_in_are_sent_after_it(
    browser: Browser, server: Smartby, address: str
) -> None:
    guest = page_of(browser, server)
    guest.goto(address)
    guest.get_by_label("Skriv en kommentar").fill("Jeg har ikke logget inn ennå.")
    guest.reload()
    expect(guest.get_by_label("Skriv en kommentar")).to_have_value("Jeg har ikke logget inn ennå.")
    guest.get_by_role("button", name="Fortsett").click()
    guest.get_by_role("button", name="Logg inn og send").click()
    guest.get_by_label("E-post").fill("sunniva@example.no")
    guest.get_by_label("Passord").fill("en lang setning om fjorden")
    guest.get_by_role("main").get_by_role("button", name="Logg inn").click()
    expect(guest.get_by_label("Kommentaren din")).to_have_value("Jeg har ikke logget inn ennå.")
    guest.get_by_role("button", name="Send").click()
    expect(guest.locator(".sb-comment__text")).to_have_text("Jeg har ikke logget inn ennå.")
    expect(guest.get_by_label("Skriv en kommentar")).to_have_value("")


def test_everything_works_without_script(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby, address: str
) -> None:
    plain = browser.new_context(base_url=server.url, java_script_enabled=False, locale="nb-NO")
    page = plain.new_page()
    page.goto("/sign-in")
    page.get_by_label("E-post").fill("sunniva@example.no")
    page.get_by_label("Passord").fill("en lang setning om fjorden")
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.goto(address)
    page.get_by_role("button", name=re.compile("^Støtt")).first.click()
    expect(page.get_by_role("button", name=re.compile("^Du støtter")).first).to_be_visible()
    page.get_by_label("Skriv en kommentar").fill("Uten skript.")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Svar", exact=True).click()
    page.get_by_label("Svaret ditt").fill("Og et svar.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".sb-thread .sb-thread").first).to_contain_text("Og et svar.")
    page.get_by_role("button", name="Nyttig").first.click()
    expect(page.get_by_role("button", name="Nyttig").first).to_have_text("Nyttig 1")
    page.get_by_role("link", name="Slett").first.click()
    page.get_by_role("button", name="Slett kommentaren").click()
    expect(page.get_by_text("Kommentaren er slettet av den som skrev den.")).to_be_visible()
    plain.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_every_state_can_be_read_by_everybody(
    browser: Browser, server: Smartby, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = page_of(browser, server, "jonas")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/havnvik/challenges/10", "/havnvik/ideas/9"):
        page.goto(address)
        live(page)
        says(page, f"En kommentar på {width} punkter.", "Imot")
        page.locator("button[data-press^=supports]:visible").first.click()
        page.get_by_role("link", name="Svar", exact=True).first.click()
        page.locator(".sb-reply").get_by_role("button", name="Send").click()
        expect(page.locator(".sb-reply").get_by_role("alert")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        options = {"runOnly": {"type": "tag", "values": TAGS}}
        found = Axe().run(page, options=options)
        assert found.response["violations"] == [], found.generate_report()
    page.context.close()


def test_the_discussion_is_for_the_keyboard_too(people: tuple[Page, Page, str]) -> None:
    kari, _jonas, number = people
    kari.get_by_label("Skriv en kommentar").focus()
    kari.keyboard.type("Bare med tastene.")
    kari.keyboard.press("Tab")
    kari.keyboard.press("ArrowRight")
    kari.keyboard.press("Tab")
    kari.keyboard.press("Enter")
    expect(kari.locator(".sb-comment__text")).to_have_text("Bare med tastene.")
    expect(kari.locator(f"#stances-{number}")).to_contain_text("1 er for")
    kari.get_by_role("link", name="Svar", exact=True).focus()
    kari.keyboard.press("Enter")
    kari.keyboard.type("Et svar.")
    kari.keyboard.press("Tab")
    kari.keyboard.press("Tab")
    kari.keyboard.press("Enter")
    expect(kari.locator(".sb-thread .sb-thread .sb-comment__text")).to_have_text("Et svar.")
    expect(kari.get_by_role("link", name="Svar", exact=True).first).to_be_focused()
