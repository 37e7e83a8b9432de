"""Without script: whoever reads, writes, takes part or decides does it by links and plain forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_together import signs_in
from tests.serving import Smartby

TITLE = "Lys på gangveien bak skolen"


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def plain_page(browser: Browser, server: Smartby, key: str = "") -> Page:
    context = browser.new_context(base_url=server.url, java_script_enabled=False, locale="nb-NO")
    page = context.new_page()
    page.set_default_timeout(10_000)
    if key:
        signs_in(page, key)
    return page


def presses(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def follows(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def writes(page: Page, title: str, body: str) -> None:
    page.goto("/havnvik/ideas/new")
    page.get_by_label("Hva er ideen?").fill(title)
    page.get_by_label("Hvorfor, og for hvem?").fill(body)


def test_what_is_typed_on_the_front_page_comes_into_the_form_and_into_no_address(
    browser: Browser, server: Smartby
) -> None:
    page = plain_page(browser, server)
    page.goto("/havnvik/")
    page.get_by_label("Skriv ideen din").fill("Benk ved bussholdeplassen på Lia")
    presses(page, "Fortsett")
    expect(page.get_by_label("Hva er ideen?")).to_have_value("Benk ved bussholdeplassen på Lia")
    expect(page).to_have_url(re.compile("/havnvik/ideas/new$"))


def test_a_citizen_writes_finds_and_takes_part_without_script(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    kari = plain_page(browser, server, "kari")
    writes(kari, TITLE, "Det er **mørkt** på gangveien, og innbyggerne går der hver morgen.")
    presses(kari, "Forhåndsvis")
    expect(kari.locator(".sb-preview strong")).to_have_text("mørkt")
    expect(kari.get_by_label("Hva er ideen?")).to_have_value(TITLE)
    presses(kari, "Publiser")
    expect(kari.get_by_role("heading", name="Rett opp dette før du sender:")).to_be_visible()
    kari.get_by_label("Sett innbyggerne i sentrum").check()
    presses(kari, "Publiser")
    expect(kari.get_by_role("heading", level=1)).to_have_text(TITLE)

    jonas = plain_page(browser, server, "jonas")
    writes(jonas, "Flere lys på gangveien ved skolen", "Det er mørkt på gangveien ved skolen.")
    presses(jonas, "Se om noe ligner")
    expect(jonas.locator(".sb-similar")).to_contain_text(TITLE)
    jonas.locator(".sb-similar").get_by_role("button", name="Legg teksten min der").click()
    expect(jonas.get_by_label("Kommentaren din")).to_contain_text("Det er mørkt på gangveien")
    jonas.get_by_label("For", exact=True).check()
    presses(jonas, "Send")
    expect(jonas.locator(".sb-comment__text")).to_contain_text("Det er mørkt på gangveien")

    jonas.goto("/havnvik/ideas")
    jonas.get_by_role("main").get_by_role("searchbox").first.fill("gangvei")
    presses(jonas, "Søk")
    expect(jonas.get_by_role("main").get_by_role("link", name=TITLE)).to_be_visible()
    jonas.get_by_label("Mottatt").check()
    presses(jonas, "Vis ideer")
    expect(jonas).to_have_url(re.compile("stage=received&q=gangvei"))
    presses(jonas, "Støtt")
    expect(jonas.get_by_role("main").get_by_role("button", name="Du støtter").first).to_be_visible()
    follows(jonas, TITLE)
    expect(jonas.get_by_role("main").get_by_role("button", name="Du støtter").first).to_be_visible()

    kari.reload()
    follows(kari, "Endre ideen")
    kari.get_by_label("Hvorfor, og for hvem?").fill("Det er mørkt på gangveien om vinteren.")
    presses(kari, "Lagre")
    expect(kari.locator(".sb-article").first).to_contain_text("om vinteren")
    follows(kari, "Trekk ideen tilbake")
    kari.get_by_label("Begrunnelse").fill("Kommunen har alt satt opp lys.")
    presses(kari, "Trekk tilbake")
    expect(kari.get_by_role("main")).to_contain_text("Kommunen har alt satt opp lys.")
    expect(kari.get_by_role("main").get_by_role("button", name="Støtt")).to_have_count(0)


def test_a_moderator_moves_and_answers_without_script(  # noqa: PLR0915 - a story
    browser: Browser, server: Smartby
) -> None:
    sunniva = plain_page(browser, server, "sunniva")
    writes(sunniva, "Benker langs strandpromenaden", "Mange eldre trenger et sted å hvile.")
    sunniva.get_by_label("Sett innbyggerne i sentrum").check()
    presses(sunniva, "Publiser")
    idea = sunniva.url

    ingrid = plain_page(browser, server, "ingrid")
    ingrid.goto("/havnvik/board")
    card = ingrid.locator(".sb-bcard", has_text="Benker langs strandpromenaden")
    card.locator("summary").click()
    card.get_by_role("link", name="Ikke videreført").click()
    presses(ingrid, "Flytt")
    expect(ingrid.get_by_role("heading", name="Rett opp dette før du sender:")).to_be_visible()
    ingrid.get_by_label("Begrunnelse").fill("Strandpromenaden bygges om til neste år.")
    presses(ingrid, "Flytt")
    ingrid.goto(idea)
    follows(ingrid, "Gi et offisielt svar")
    ingrid.get_by_label("Svaret", exact=True).fill("Benkene kommer når promenaden er ferdig.")
    presses(ingrid, "Publiser svaret")

    sunniva.goto(idea)
    main = sunniva.get_by_role("main")
    expect(main).to_contain_text("Strandpromenaden bygges om til neste år.")
    expect(main).to_contain_text("Benkene kommer når promenaden er ferdig.")
