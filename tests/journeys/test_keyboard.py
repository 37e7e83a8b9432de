"""With keys alone: write, take part and decide; the focus is always somewhere, and can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.test_together import live, page_of, signs_in, writes_idea
from tests.serving import Smartby

STEPS = 120  # so many presses of Tab at most until what one looks for has the focus
# Something has the focus, it is within the window and not under anything, and it has an outline.
SEEN = """() => {
  const at = document.activeElement;
  const name = at?.outerHTML.slice(0, 120);
  if (!at || at === document.body) return "nowhere";
  if (!at.matches(":focus-visible")) return `unseen: ${name}`;
  const box = at.getClientRects()[0];
  if (!box || box.bottom <= 0 || box.top >= innerHeight) return `outside: ${name}`;
  const marked = [at, at.closest("label"), at.parentElement].some((element) => {
    const style = element && getComputedStyle(element);
    if (!style) return false;
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  });
  return marked ? "" : `without mark: ${name}`;
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def tabs_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until something has the focus, which can be seen at every step."""
    expect(wanted).to_be_attached()
    for _ in range(STEPS):
        page.keyboard.press(key)
        assert page.evaluate(SEEN) == ""
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keys never reach {wanted}")


def types(page: Page, label: str, words: str) -> None:
    tabs_to(page, page.get_by_label(label))
    page.keyboard.type(words)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=name).first


def presses(page: Page, name: str, key: str = "Enter") -> None:
    tabs_to(page, button(page, name))
    page.keyboard.press(key)


def test_a_citizen_writes_supports_and_talks_with_keys(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    page = page_of(browser, server)
    page.goto("/sign-in")
    types(page, "E-post", "kari@example.no")
    types(page, "Passord", "en lang setning om fjorden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    page.goto("/havnvik/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til hovedinnhold")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    page.goto("/havnvik/ideas/new")
    types(page, "Hva er ideen?", "Benker langs strandpromenaden")
    types(page, "Hvorfor, og for hvem?", "Mange eldre trenger et sted å hvile på turen.")
    tabs_to(page, page.get_by_label("Sett innbyggerne i sentrum"))
    page.keyboard.press("Space")
    expect(page.get_by_label("Sett innbyggerne i sentrum")).to_be_checked()
    presses(page, "Publiser")
    expect(page.get_by_role("heading", level=1)).to_have_text("Benker langs strandpromenaden")

    live(page)
    number = page.url.rpartition("/")[2]
    types(page, "Skriv en kommentar", "Helst med rygg.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("For", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".sb-comment__text")).to_have_text("Helst med rygg.")
    expect(page.locator(f"#stances-{number}")).to_contain_text("1 er for")
    assert page.evaluate(SEEN) == ""

    tabs_to(page, page.get_by_role("link", name="Svar", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Skriv et svar")).to_be_focused()
    page.keyboard.type("Og armlene.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".sb-thread .sb-thread .sb-comment__text")).to_have_text("Og armlene.")
    expect(page.get_by_role("link", name="Svar", exact=True).first).to_be_focused()

    support = page.locator(f"button[data-press='supports-{number}']:visible").first
    tabs_to(page, support)
    page.keyboard.press("Space")
    expect(support).to_have_attribute("aria-pressed", "true")
    expect(support).to_be_focused()


def test_a_moderator_moves_cards_with_keys(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    writer, page = page_of(browser, server, "jonas"), page_of(browser, server)
    number = writes_idea(writer, "Lys på gangveien bak skolen").rpartition("/")[2]
    signs_in(page, "ingrid")
    page.goto("/havnvik/board")
    live(page)
    card = page.locator(f"#bcard-{number}")
    title = card.get_by_role("link", name="Lys på gangveien bak skolen")
    tabs_to(page, title)
    page.keyboard.press("m")
    expect(card.get_by_role("button", name="Vurderes")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card.locator("summary")).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    expect(page.locator("[data-lane]", has=card)).to_have_attribute("data-name", "Vurderes")
    expect(title).to_be_focused()

    page.keyboard.press("m")
    stopped = card.get_by_role("link", name="Ikke videreført")
    tabs_to(page, stopped)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Begrunnelse")).to_be_focused()
    # A second tab takes the card on: it is drawn anew under the dialog, and its menu stays open.
    tab = page.context.new_page()
    tab.goto("/havnvik/board")
    live(tab)
    tab.locator(f"#bcard-{number} [data-own]").click()
    expect(card.locator("[data-own]")).to_have_count(0)
    tab.close()
    page.bring_to_front()
    page.keyboard.press("Escape")
    expect(stopped).to_be_focused()
    assert page.evaluate(SEEN) == ""
    page.keyboard.press("Enter")
    page.keyboard.type("Gangveien legges om til neste år.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-lane]", has=card)).to_have_attribute("data-name", "Ikke videreført")
    expect(title).to_be_focused()
