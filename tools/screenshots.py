"""`make screenshots`: the pictures in README and docs, taken from the demo with a real browser."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.demo import PASSWORD, SIGNINS, Demo
from tools import browser as browsers
from tools.workshop_pictures import Hall

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
PAGES = (
    ("town", "/havnvik/", None),
    ("ideas", "/havnvik/ideas?sort=supported", None),
    ("idea", "/havnvik/ideas?sort=discussed", None),
    ("new", "/havnvik/ideas/new", "citizen"),
    ("workshop", "/havnvik/workshops", None),
    ("board", "/havnvik/board", "moderator"),
    ("projector", "/havnvik/workshops", "administrator"),
)


def main() -> int:
    """Start the demo, take every picture, stop it."""
    program = browsers.path()
    if program is None:
        print("No Chromium was found.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Demo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(program), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, role in PAGES:
            _take(browser, demo.url, name, path, role)
        Hall(browser, demo, FOLDER).take_all()
        browser.close()
    return 0


def _take(browser: Browser, base: str, name: str, path: str, role: str | None) -> None:
    size = {"width": 1280, "height": 960}
    context = browser.new_context(base_url=base, viewport=size, locale="nb-NO")
    page = context.new_page()
    if role:
        _sign_in(page, role)
    page.goto(path)
    if name in ("idea", "workshop"):
        page.locator("article h3 a").first.click()
        page.wait_for_load_state()
    if name == "new":
        page.get_by_label("Hva er ideen?").fill("Lys på gangveien bak skolen")
        page.get_by_label("Hvorfor, og for hvem?").fill(
            "Det er mørkt om morgenen, og barna går der."
        )
        page.get_by_role("heading", name="Ligner på dette").wait_for()
        page.wait_for_timeout(1500)
    if name == "projector":
        _rehearse(page)
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def _sign_in(page: Page, role: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-post").fill(SIGNINS[role])
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.wait_for_url(lambda address: not address.endswith("/sign-in"))


def _rehearse(page: Page) -> None:
    """Rehearse a workshop until its cards are revealed, and look at the projector."""
    page.locator("article h3 a").first.click()
    page.get_by_role("button", name="Prøv det først").click()
    page.get_by_role("button", name="Begynn").click()
    page.get_by_role("button", name="Neste", exact=True).click()
    page.locator("[aria-current=step]").get_by_text("tenke på").wait_for()
    page.get_by_role("button", name="La dem svare").click()
    page.get_by_text("Bord der vi kan spille sjakk").first.wait_for()
    page.get_by_role("button", name="Avslør alle lapper").click()
    page.get_by_role("button", name="Skjul lappene igjen").first.wait_for()
    page.goto(page.get_by_role("link", name="Åpne storskjerm").get_attribute("href") or "")
    page.set_viewport_size({"width": 1280, "height": 720})


if __name__ == "__main__":
    sys.exit(main())
