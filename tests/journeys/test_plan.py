"""Building a programme in a browser: by drag, by keys, by buttons; the times follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_together import page_of
from tests.serving import Smartby
from tests.workshops.planning import plan

ORDER = ".sb-build strong"
TIMES = ".sb-build [data-begins]"


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def plans(page: Page) -> None:
    """Plan a workshop with a method, on the plan's page."""
    page.goto("/havnvik/workshops/new")
    form = plan()
    for label, name in (("Hva heter", "title"), ("Hva skal dere", "purpose"), ("Dag", "day")):
        page.get_by_label(label).first.fill(form[name])
    page.get_by_label("Klokka").fill("18:00")
    page.get_by_label("Sted", exact=True).fill(form["place"])
    page.get_by_role("button", name="Lagre og bygg").click()
    page.get_by_role("link", name="Velg en metode").first.click()
    method = page.get_by_role("article", name="Samle og stemme")
    method.get_by_role("button", name="Bruk denne").click()
    expect(page.locator(ORDER)).to_have_count(5)
    expect(page.locator("#build[data-ready]")).to_be_attached()


def test_the_times_follow_while_one_types(browser: Browser, server: Smartby) -> None:
    page = page_of(browser, server, "fatima")
    plans(page)
    first = page.locator(ORDER).first.inner_text()
    expect(page.locator(TIMES)).to_have_text(["18.00", "18.05", "18.15", "18.30", "18.40"])
    field = page.get_by_label(f"Minutter til «{first}»")
    field.fill("20")
    expect(page.locator(TIMES)).to_have_text(["18.00", "18.20", "18.30", "18.45", "18.55"])
    field.press("Tab")
    expect(page.locator("#announcer")).to_have_text(f"«{first}» varer 20 minutter.")
    field.fill("500")
    field.press("Enter")
    expect(page.locator("#build-refused")).to_have_text("Skriv et tall mellom 1 og 240.")
    field.fill("20")
    field.press("Enter")
    expect(page.locator("#build-refused")).to_be_hidden()
    field.fill("999")
    field.press("Tab")
    expect(page.locator("#build-refused")).to_have_text("Skriv et tall mellom 1 og 240.")
    expect(page.locator("#build-refused")).to_be_in_viewport()
    expect(page.locator(TIMES).nth(1)).to_have_text("18.20")


def test_steps_are_moved_with_the_keys(browser: Browser, server: Smartby) -> None:
    page = page_of(browser, server, "fatima")
    plans(page)
    titles = page.locator(ORDER).all_inner_texts()
    grip = page.get_by_role("button", name=f"Flytt «{titles[1]}» med pil")
    grip.press("ArrowUp")
    expect(page.locator(ORDER)).to_have_text([titles[1], titles[0], *titles[2:]])
    for _turn in range(3):  # pressed before the first is answered, each counts
        grip.press("ArrowDown")
    expect(page.locator(ORDER)).to_have_text([titles[0], *titles[2:4], titles[1], titles[4]])
    for _turn in range(3):
        grip.press("ArrowUp")
    expect(page.locator(ORDER)).to_have_text([titles[1], titles[0], *titles[2:]])
    expect(grip).to_be_focused()
    told = f"«{titles[1]}» er nå nummer 1 av 5, kl. 18.00."
    expect(page.locator("#announcer")).to_have_text(told)
    page.get_by_role("button", name=f"Flytt «{titles[0]}» opp").press("Enter")
    expect(page.locator(ORDER)).to_have_text(titles)
    # The button has gone: the step is first.
    expect(page.get_by_role("button", name=f"Flytt «{titles[0]}» med pil")).to_be_focused()


def test_the_settings_follow_the_kind_and_keep_what_is_typed(
    browser: Browser, server: Smartby
) -> None:
    page = page_of(browser, server, "fatima")
    plans(page)
    form = page.locator("form[data-steps]")
    form.get_by_label("Hva skjer").fill("Hva vil vi prøve?")
    form.get_by_label("Slags").select_option("dots")
    expect(form.get_by_role("heading", name="Innstillinger: Prikker")).to_be_visible()
    expect(form.get_by_role("button", name="Vis innstillinger")).to_be_hidden()
    form.get_by_label("Eller skriv").fill("Kino\nKafé")
    form.get_by_label("Slags").focus()
    form.get_by_label("Slags").select_option("score")
    expect(form.get_by_role("heading", name="Innstillinger: Poeng")).to_be_visible()
    expect(form.get_by_label("Eller skriv")).to_have_value("Kino\nKafé")
    expect(form.get_by_label("Slags")).to_be_focused()
    # Enter saves, and does not only show.
    form.get_by_label("Hva skjer").press("Enter")
    expect(page.locator(ORDER)).to_have_count(6)
    expect(page.locator(ORDER).last).to_have_text("Hva vil vi prøve?")


def test_steps_are_dragged(browser: Browser, server: Smartby) -> None:
    page = page_of(browser, server, "fatima")
    plans(page)
    titles = page.locator(ORDER).all_inner_texts()
    last = page.locator(".sb-build > li").last
    page.locator("[data-grip]").first.drag_to(last, target_position={"x": 200, "y": 60})
    expect(page.locator(ORDER)).to_have_text([*titles[1:], titles[0]])
    page.reload()
    expect(page.locator(ORDER)).to_have_text([*titles[1:], titles[0]])
    expect(page.locator(TIMES).last).to_have_text("18.45")


def test_the_plan_works_without_scripts(browser: Browser, server: Smartby) -> None:
    page = browser.new_context(
        base_url=server.url, locale="nb-NO", java_script_enabled=False
    ).new_page()
    page.set_default_timeout(10_000)
    page.goto("/sign-in")
    page.get_by_label("E-post").fill("fatima@example.no")
    page.get_by_label("Passord").fill("en lang setning om fjorden")
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.goto("/havnvik/workshops")
    page.get_by_role("main").locator("article a").first.click()
    page.get_by_role("link", name="Endre planen").click()
    page.wait_for_url("**/edit*")  # without scripts the next line would read the page before
    titles = page.locator(ORDER).all_inner_texts()
    expect(page.locator("[data-grip]").first).to_be_hidden()
    page.get_by_role("button", name=f"Flytt «{titles[1]}» opp").click()
    expect(page.locator(ORDER)).to_have_text([titles[1], titles[0], *titles[2:]])
    page.get_by_label(f"Minutter til «{titles[1]}»").fill("7")
    page.get_by_role("button", name=f"Lagre minuttene til «{titles[1]}»").click()
    expect(page.locator(TIMES).nth(1)).to_have_text("18.07")
