"""Forms with script: a list that answers at once, and errors that go when they are put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.journeys.test_together import page_of, ticks, writes_idea
from tests.serving import Smartby


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def test_a_list_answers_at_once_and_back_takes_it_back(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    page = page_of(browser, server, "kari")
    writes_idea(page, "Benker langs strandpromenaden")
    writes_idea(page, "Lys på gangveien bak skolen")
    page.goto("/havnvik/ideas")
    hits = page.locator("#hits h2")
    expect(hits).to_have_text("2 ideer")
    expect(page.get_by_role("button", name="Vis ideer")).to_have_count(0)

    box = page.get_by_role("checkbox", name="Vurderes")
    box.check()
    expect(page).to_have_url(re.compile(r"/havnvik/ideas\?stage=under_review$"))
    expect(page.locator("#hits")).to_contain_text("Ingen ideer passer med alt du har valgt.")
    expect(page.locator("#announcer")).to_contain_text("0 ideer")
    expect(box).to_be_focused()
    expect(page.locator("[data-chosen]")).to_have_text("1 valgt")

    box.uncheck()
    expect(page).to_have_url(re.compile(r"/havnvik/ideas$"))
    expect(page.locator(".sb-idea")).to_have_count(2)
    page.get_by_label("Rekkefølge").select_option("newest")
    expect(page).to_have_url(re.compile("sort=newest"))
    expect(page.locator(".sb-idea h3").first).to_contain_text("gangveien")

    search = page.get_by_role("main").get_by_role("searchbox")
    search.fill("benker")
    search.press("Enter")
    expect(page.locator(".sb-idea")).to_have_count(1)
    expect(page).to_have_title(re.compile("benker"))
    expect(search).to_be_focused()

    page.go_back()
    expect(page.locator(".sb-idea")).to_have_count(2)
    expect(search).to_have_value("")
    expect(page.get_by_label("Rekkefølge")).to_have_value("newest")
    page.go_back()
    page.go_back()
    expect(box).to_be_checked()
    expect(page.locator("#hits")).to_contain_text("Ingen ideer passer")


def test_who_goes_back_within_the_pause_is_not_led_on_again(
    browser: Browser, server: Smartby
) -> None:
    page = page_of(browser, server, "amir")
    writes_idea(page, "Snøfresing av gangveien til skolen")
    page.clock.install()
    page.goto("/havnvik/ideas?q=gangveien")
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    search = page.get_by_role("main").get_by_role("searchbox")
    search.fill("snøfresing")
    search.press("Enter")
    expect(page).to_have_title(re.compile("snøfresing"))
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route("**/ideas?q=gangveien", keep)
    with page.expect_request("**/ideas?q=gangveien"):
        page.go_back()
    page.clock.run_for(1_000)  # the pause is over before the answer is there
    waiting[0].continue_()
    expect(search).to_have_value("gangveien")
    expect(page).to_have_url(re.compile("q=gangveien"))


def search_of(page: Page) -> Locator:
    """Return a list's search field, once the script listens to it."""
    expect(page.locator("[data-without-script]")).to_have_count(0)
    return page.get_by_role("main").get_by_role("searchbox")


def test_a_list_finds_while_one_types(browser: Browser, server: Smartby) -> None:
    page = page_of(browser, server, "kari")
    writes_idea(page, "Flere ladestasjoner ved kaia")
    writes_idea(page, "Badstue ved kaia i Lia")
    page.goto("/havnvik/ideas?sort=newest")
    search = search_of(page)
    search.press_sequentially("badstu")
    expect(page.locator("#hits h2")).to_contain_text("1 idé")
    expect(page.locator("#announcer")).to_contain_text("1 idé")
    expect(page).to_have_url(re.compile(r"q=badstu&sort=newest$"))
    expect(search).to_be_focused()
    search.press_sequentially("e")
    expect(page).to_have_url(re.compile("q=badstue"))
    page.go_back()  # all letters are one step
    expect(page).to_have_url(re.compile(r"/ideas\?sort=newest$"))
    expect(search).to_have_value("")


def test_words_that_are_typed_bring_an_order_of_their_own(
    browser: Browser, server: Smartby
) -> None:
    page = page_of(browser, server, "kari")
    page.goto("/havnvik/ideas")
    search = search_of(page)
    order = page.get_by_label("Rekkefølge")
    search.press_sequentially("kaia")
    expect(order.locator("option:checked")).to_have_text("Mest relevant")
    search.fill("")
    expect(page).to_have_url(re.compile("/ideas$"))
    expect(order.locator("option:checked")).to_have_text("Mest aktivitet nå")


def test_an_error_goes_when_the_field_is_right(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    page = page_of(browser, server, "kari")
    page.goto("/havnvik/ideas/new")
    page.get_by_label("Hva er ideen?").fill("Lys")
    page.get_by_role("button", name="Publiser").click()
    summary = page.locator("ds-error-summary")
    expect(summary.get_by_role("listitem")).to_have_count(3)
    title = page.get_by_label("Hva er ideen?")
    expect(title).to_have_attribute("aria-invalid", "true")
    title.press_sequentially(" på v")
    expect(page.locator("#title-error")).to_be_visible()  # not long enough yet
    page.evaluate("window.scrollTo(0, 300)")
    before = title.bounding_box()
    title.press_sequentially("eien")
    expect(page.locator("#title-error")).to_have_count(0)
    expect(title).not_to_have_attribute("aria-invalid", "true")
    expect(title).not_to_have_attribute("aria-describedby", re.compile("title-error"))
    expect(title).to_be_focused()
    expect(summary.get_by_role("listitem")).to_have_count(2)
    assert before == title.bounding_box()  # what went from above moved nothing
    page.get_by_label("Hvorfor, og for hvem?").fill("Det er mørkt der om morgenen.")
    ticks(page.get_by_label("Sett innbyggerne i sentrum"))
    expect(summary).to_have_count(0)
    expect(page.locator("#principles-error")).to_have_count(0)
