"""A workshop with a leader, a projector and phones: live, without a net, and after a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from smartby.core.clock import now, oslo
from tests.journeys.looking import Looker
from tests.journeys.test_together import live, page_of
from tests.serving import Smartby, served

WORDS = "Øvingsrom med tykke vegger"
Steps = tuple[tuple[str, str], ...]
LATE = "Et rom der besteforeldre lærer bort håndverk"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[Smartby]:
    with served(request, "held") as running:
        yield running


STEPS = (("brainstorm", "Hva mangler i sentrum?"), ("break", "Pause"))


def opens_doors(browser: Browser, server: Smartby, steps: Steps = STEPS) -> tuple[Page, str]:
    """Plan a workshop and open its doors; return the console and the code."""
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
    for kind, title in steps:
        token = page.locator("[name=csrf_token]").first.input_value()
        sent = page.request.post(
            f"/havnvik/workshops/{number}/programme",
            form={"csrf_token": token, "kind": kind, "title": title, "minutes": "8"},
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


def joins(browser: Browser, server: Smartby, code: str) -> Page:
    page = page_of(browser, server)
    page.goto(f"/j/{code}")
    page.get_by_role("button", name="Bli med", exact=True).click()
    expect(page.get_by_role("heading", name="Du er med")).to_be_visible()
    live(page)
    return page


def note(within: Page | Locator, words: str) -> Locator:
    """Find a card as it is shown; its text also stands in the field that changes it."""
    return within.locator("span, p").filter(has_text=re.compile(rf"^\s*{words}\s*$"))


def writes(page: Page, words: str) -> None:
    page.get_by_label("Ny lapp").fill(words)
    page.get_by_role("button", name="Legg til lapp").click()


def opens_screen(browser: Browser, server: Smartby, console: Page) -> Page:
    page = page_of(browser, server)
    page.goto(console.get_by_role("link", name="Åpne storskjerm").get_attribute("href") or "")
    live(page)
    return page


def test_a_room_writes_alone_and_sees_it_together(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    console, code = opens_doors(browser, server)
    aud, bo = joins(browser, server, code), joins(browser, server, code)
    screen = opens_screen(browser, server, console)
    expect(screen.get_by_text("2 er med i rommet")).to_be_visible()

    console.get_by_role("button", name="Begynn").click()
    for page in (aud, bo, screen):
        expect(page.get_by_role("heading", name="Hva mangler i sentrum?")).to_be_visible()
    writes(aud, WORDS)
    expect(note(aud, WORDS)).to_be_visible()
    expect(note(console, WORDS)).to_be_visible()
    expect(screen.get_by_text("lapp er skrevet")).to_be_visible()
    assert not note(bo, WORDS).count() and not note(screen, WORDS).count()

    console.get_by_role("button", name="Avslør alle lapper").click()
    expect(note(bo, WORDS)).to_be_visible()
    expect(note(screen, WORDS)).to_be_visible()

    bo.get_by_role("button", name="Rekk opp hånda").click()
    expect(bo.get_by_role("button", name="Hånda er oppe")).to_be_visible()
    expect(console.get_by_text("Deltaker 2")).to_be_visible()

    bo.get_by_label("Ny lapp").fill(LATE)
    console.get_by_role("button", name="Neste").click()
    expect(bo.get_by_role("heading", name="Pause")).to_be_visible()
    expect(note(bo, LATE)).to_be_visible()  # what one was writing is not lost
    # The phone may know before the console does, which would undo what it shows still.
    console.get_by_role("button", name="Angre bytte av aktivitet").click()
    expect(bo.get_by_role("heading", name="Hva mangler i sentrum?")).to_be_visible()
    expect(bo.get_by_label("Ny lapp")).to_have_value(LATE)
    expect(note(aud.locator("[data-mine]"), WORDS)).to_be_visible()


def test_what_is_written_without_a_net_is_sent_once(browser: Browser, server: Smartby) -> None:
    console, code = opens_doors(browser, server)
    aud = joins(browser, server, code)
    console.get_by_role("button", name="Begynn").click()
    expect(aud.get_by_label("Ny lapp")).to_be_visible()
    aud.context.set_offline(True)
    writes(aud, WORDS)
    expect(aud.get_by_text("Ikke sendt ennå")).to_be_visible(timeout=20_000)
    expect(aud.locator("#said")).to_be_empty()  # it stands at the foot of the page, once
    aud.context.set_offline(False)
    expect(aud.get_by_text("Ikke sendt ennå")).to_have_count(0, timeout=20_000)
    expect(note(aud.locator("[data-mine]"), WORDS)).to_have_count(1)
    expect(note(console.locator(".sb-notes"), WORDS)).to_have_count(1)


def test_every_screen_is_right_after_the_server_has_died(browser: Browser, server: Smartby) -> None:
    console, code = opens_doors(browser, server)
    aud = joins(browser, server, code)
    screen = opens_screen(browser, server, console)
    server.kill()
    server.serve()
    other = page_of(browser, server, "hanne")
    other.goto(console.url)
    other.get_by_role("button", name="Begynn").click()
    for page in (console, aud, screen):
        expect(page.get_by_role("heading", name="Hva mangler i sentrum?")).to_be_visible(
            timeout=20_000
        )


def test_all_of_it_works_without_script(browser: Browser, server: Smartby) -> None:
    console, code = opens_doors(browser, server)
    aud = browser.new_page(base_url=server.url, java_script_enabled=False, locale="nb-NO")
    aud.goto("/join")
    aud.locator("[name=code]").fill(code.lower())
    aud.get_by_role("button", name="Gå til døra").click()
    aud.get_by_role("button", name="Bli med", exact=True).click()
    console.get_by_role("button", name="Begynn").click()
    expect(console.get_by_role("button", name="Avslør alle lapper")).to_be_visible()
    aud.reload()
    # A clock that cannot tick says when it ends.
    expect(aud.locator(".sb-clock")).to_have_text(
        re.compile(r"Til kl\. \d\d\.\d\d"), use_inner_text=True
    )
    aud.locator("textarea[name=body]").fill(WORDS)
    aud.get_by_role("button", name="Legg til lapp").click()
    expect(note(aud, WORDS)).to_be_visible()
    expect(note(console, WORDS)).to_be_visible()


def test_the_views_are_accessible(browser: Browser, server: Smartby) -> None:
    console, code = opens_doors(browser, server)
    looker = Looker(browser, server.url)
    looker.visits("/join")
    looker.visits(f"/j/{code}")
    looker.page.get_by_role("button", name="Bli med", exact=True).click()
    room = looker.page.url.removeprefix(server.url)
    looker.visits(room)
    console.get_by_role("button", name="Begynn").click()
    expect(looker.page.get_by_label("Ny lapp")).to_be_visible()
    writes(looker.page, WORDS)
    expect(note(looker.page.locator("[data-mine]"), WORDS)).to_be_visible()
    looker.visits(room)
    looker.visits(console.get_by_role("link", name="Åpne storskjerm").get_attribute("href") or "")
    assert looker.problems == {}
    leader = Looker(browser, server.url)
    leader.context.add_cookies(console.context.cookies())
    leader.visits(console.url.removeprefix(server.url))
    leader.visits(console.url.removeprefix(server.url).replace("console", "closing"))
    assert leader.problems == {}
