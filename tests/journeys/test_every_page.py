"""Every page, light and dark, wide and narrow: accessible, nothing beside the page, no errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.journeys.demo import PASSWORD, SIGNINS, Demo

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = [(1280, "light"), (320, "light"), (1280, "dark"), (320, "dark")]
ANYBODY = [
    "/", "/about", "/privacy", "/cookies", "/accessibility", "/principles", "/principles/1",
    "/sign-in", "/sign-up", "/forgotten", "/havnvik/", "/havnvik/ideas",
    "/havnvik/ideas?principle=3&sort=trending", "/havnvik/ideas?q=skolevei",
    "/havnvik/ideas?q=finnesikke", "{idea}", "/havnvik/ideas/new", "/havnvik/challenges",
    "{challenge}", "/havnvik/results", "/havnvik/log", "/havnvik/principles",
    "/havnvik/principles/1", "/havnvik/about", "/fjordvang/", "/fjordvang/ideas", "/nothing-here",
]  # fmt: skip
CITIZEN = ["/me", "{idea}", "/havnvik/ideas/new", "/havnvik/ideas"]
MODERATOR = ["/havnvik/board", "{idea}", "{answer}", "/havnvik/challenges/new"]
ADMINISTRATOR = ["/havnvik/settings", "/havnvik/members", "/havnvik/pipeline"]
PEOPLE = [
    (None, ANYBODY),
    ("citizen", CITIZEN),
    ("moderator", MODERATOR),
    ("administrator", ADMINISTRATOR),
]


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with Demo() as running:
        yield running


@pytest.fixture(scope="module")
def places(demo: Demo, browser: Browser) -> dict[str, str]:
    """Addresses that depend on what was planted."""
    page = browser.new_page(base_url=demo.url)
    page.goto("/havnvik/ideas?sort=discussed")
    idea = page.locator("article a[href*='/ideas/']").first.get_attribute("href") or ""
    page.goto("/havnvik/challenges")
    challenge = page.locator("main a[href*='/challenges/']").first.get_attribute("href") or ""
    page.close()
    number = re.sub(r"\D", "", idea)
    return {
        "idea": idea,
        "challenge": challenge,
        "answer": f"/havnvik/contributions/{number}/answers/new",
    }


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view[1]}-{view[0]}")
@pytest.mark.parametrize(("role", "paths"), PEOPLE, ids=[str(role) for role, _ in PEOPLE])
def test_pages(
    browser: Browser,
    demo: Demo,
    places: dict[str, str],
    role: str | None,
    paths: list[str],
    view: tuple[int, str],
) -> None:
    width, scheme = view
    context = browser.new_context(
        base_url=demo.url,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="nb-NO",
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: note(said, message))
    page.on("pageerror", lambda error: said.append(str(error)))
    if role:
        sign_in(page, SIGNINS[role])
    problems = {
        path: found
        for path in paths
        if (found := look_at(page, path.format(**places), said, width))
    }
    context.close()
    assert problems == {}


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.wait_for_url(re.compile("(?<!sign-in)$"))


def look_at(page: Page, path: str, said: list[str], width: int) -> list[str]:
    """Return what is wrong with a page."""
    said.clear()
    answer = page.goto(path)
    assert answer is not None
    wanted = 404 if "nothing" in path else 200
    found = [f"status {answer.status}"] if answer.status != wanted else []
    over = page.evaluate("document.documentElement.scrollWidth")
    found += [f"{over} px wide"] if over > width else []
    result = Axe().run(page, options={"runOnly": TAGS})
    for violation in result.response["violations"]:
        nodes = [node["target"] for node in violation["nodes"][:3]]
        found.append(f"{violation['id']}: {nodes}")
    return found + said


def note(said: list[str], message: ConsoleMessage) -> None:
    expected = "404" in message.text and "Failed to load" in message.text
    if message.type in ("error", "warning") and not expected:
        said.append(message.text[:300])
