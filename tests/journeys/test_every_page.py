"""Every page, light and dark, wide and narrow: accessible, nothing beside the page, no errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.demo import PASSWORD, SIGNINS, Demo
from tests.journeys.looking import Looker
from tests.journeys.test_together import ticks

# An address, or an address and a form on it that is sent as it is and comes back with 422.
Pages = list[str | tuple[str, str]]
FORM = "main form[method=post]"
FIELDS = "main form.sb-fields"
ANYWHERE: Pages = [
    "/", "/about", "/privacy", "/cookies", "/accessibility", "/principles", "/principles/1",
    "/sign-in", ("/sign-in", FORM), "/sign-up", ("/sign-up", FORM), "/sign-up/sent",
    "/sign-in/forgotten", ("/sign-in/forgotten", FORM), "/sign-in/forgotten/sent", "/mail",
    "/havnvik/about", "/havnvik/privacy", "/havnvik/cookies", "/havnvik/accessibility",
    "/havnvik/principles", "/havnvik/principles/1", "/fjordvang/", "/fjordvang/ideas",
    "/vestfjord/",
]  # fmt: skip
IN_TOWN: Pages = [
    "/havnvik/", "/havnvik/ideas", "/havnvik/ideas?principle=3&sort=trending",
    "/havnvik/ideas?q=skolevei&sort=supported", "/havnvik/ideas?q=finnesikke", "{talk}",
    "{talk}?sort=best", "{talk}?sort=questions", "{comment}/replies", "{talk:act}/support",
    "{talk:act}/comments/new", "{own:act}/versions", "{own:act}/versions?view=inline",
    "/havnvik/ideas/new", ("/havnvik/ideas/new", "#writing"), "/havnvik/challenges",
    "{challenge}", "/havnvik/workshops", "{workshop}", "{held}", "{held}/minutes", "{harvested}",
    "/havnvik/results",
    "/havnvik/log", "/havnvik/log?q=vei", "/havnvik/log/1",
]  # fmt: skip
CITIZEN: Pages = [
    "/", "/me", "/me/supported", "/me/profile", "/me/email", ("/me/email", FIELDS),
    "/me/password", ("/me/password", FIELDS), "/me/sessions", "/me/erasure",
    ("/me/erasure", FIELDS), "/havnvik/", "/havnvik/ideas", "{own}", "{own}/edit",
    "{own:act}/withdrawal", ("{own:act}/withdrawal", FIELDS), "{talk}", "{remark}/edit",
    "{remark}/deletion", "{remark}/replies/new", "{own:act}/comments/new",
    ("{own:act}/comments/new", "main form[method=post]"), "/havnvik/ideas/new",
    "/havnvik/challenges/new", ("/havnvik/challenges/new", "#writing"),
]  # fmt: skip
MODERATOR: Pages = [
    "/havnvik/board", "/havnvik/board?late=1&q=vei", "/havnvik/board?mine=1&unowned=1",
    "{talk:act}/owner", "/havnvik/board/lanes/1", "{talk}",
    "{talk:act}/answers/new", ("{talk:act}/answers/new", FIELDS), "{own:act}/moves/new",
    ("{own:act}/moves/new", FIELDS), "{talk:act}/hiding", ("{talk:act}/hiding", FIELDS),
    "/havnvik/challenges/new", "{challenge}", "{challenge}/edit",
]  # fmt: skip
ADMINISTRATOR: Pages = [
    "/havnvik/settings", "/havnvik/settings/units",
    ("/havnvik/settings/units", "form[action$='/settings/units']"), "/havnvik/members",
    ("/havnvik/members", "form[action$='/invitations']"), "/havnvik/pipeline",
    "/havnvik/pipeline/stages/new", ("/havnvik/pipeline/stages/new", FIELDS),
    "/havnvik/pipeline/stages/1", "/towns/manage", "/havnvik/workshops",
    "/havnvik/workshops/new", ("/havnvik/workshops/new", "main form.sb-form"),
    "{workshop}/details",
    "{workshop}/edit", ("{workshop}/edit", "form[action$='/programme']"),
    "{workshop}", "{workshop}/people", "{workshop}/methods", "{workshop}/leads",
    ("{workshop}/leads", "form[action$='/helper-invitations']"), "{step}",
    "{held}/harvest", "{held}/programme/{vote}/ballots",
    "{held}/harvest/new?pick=card:1&pick=card:2", "{held}/harvest/new?pick=card:3&as=challenge",
]  # fmt: skip
VOTE = """
from smartby import create_app
from smartby.ballots.models import Round
from smartby.extensions import db

with create_app().app_context():
    print(db.session.scalars(db.select(Round.activity_id)).first())
"""
PEOPLE = [
    ("visitor", ANYWHERE),
    ("reader", IN_TOWN),
    ("citizen", CITIZEN),
    ("moderator", MODERATOR),
    ("administrator", ADMINISTRATOR),
]


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with Demo() as running:
        running.flask("user", "make-operator", SIGNINS["administrator"])
        yield running


@pytest.fixture(scope="module")
def places(demo: Demo, browser: Browser) -> dict[str, str]:
    """Addresses that depend on what was planted, and a text that its author has changed."""
    page = browser.new_page(base_url=demo.url, locale="nb-NO")
    page.set_default_timeout(15_000)
    page.goto("/havnvik/ideas?sort=discussed")
    talk = page.locator("article a[href*='/ideas/']").first.get_attribute("href") or ""
    page.goto("/havnvik/challenges")
    challenge = page.locator("article a[href*='/challenges/']").first.get_attribute("href") or ""
    page.goto("/havnvik/workshops")
    workshop = page.locator("article a[href*='/workshops/']").first.get_attribute("href") or ""
    held, harvested = what_was_held(page)
    own = writes_and_changes(page)
    remark = says(page, own)
    page.goto(talk)
    comment = number_of(page.locator(".sb-comment").first.get_attribute("id") or "")
    page.close()
    found = {"talk": talk, "challenge": challenge, "own": own, "remark": remark}
    acts = {f"{name}:act": f"/havnvik/contributions/{number_of(found[name])}" for name in found}
    others = {"workshop": workshop, "held": held, "harvested": harvested}
    others["step"], others["vote"] = a_step(browser, demo, workshop), demo.runs(VOTE).strip()
    return {**found, **acts, **others, "comment": f"/havnvik/comments/{comment}"}


def what_was_held(page: Page) -> tuple[str, str]:
    """Find the workshop that was held, and an idea that came of it."""
    page.goto("/havnvik/workshops")
    held = page.get_by_role("link", name="Matsvinn på sykehjemmene").get_attribute("href") or ""
    page.goto(held)
    return held, page.locator(".sb-became a").first.get_attribute("href") or ""


@pytest.mark.timeout(600)  # some forty pages, each looked at light, dark and narrow
@pytest.mark.parametrize(("role", "pages"), PEOPLE, ids=[role for role, _ in PEOPLE])
def test_pages(
    browser: Browser, demo: Demo, places: dict[str, str], role: str, pages: Pages
) -> None:
    looker = Looker(browser, demo.url)
    if role in SIGNINS:
        sign_in(looker.page, SIGNINS[role])
    for each in pages:
        path, form = (each, "") if isinstance(each, str) else each
        for name, address in places.items():
            path = path.replace("{" + name + "}", address)
        if form:
            looker.page.goto(path)
            looker.sends(form)
        else:
            looker.visits(path)
    looker.context.close()
    assert looker.problems == {}


def a_step(browser: Browser, demo: Demo, workshop: str) -> str:
    """Return the address of a step in a workshop's programme, which those who lead see."""
    page = browser.new_page(base_url=demo.url, locale="nb-NO")
    sign_in(page, SIGNINS["administrator"])
    page.goto(f"{workshop}/edit")
    step = page.locator(".sb-build a").first.get_attribute("href") or ""
    page.close()
    return step


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.wait_for_url(re.compile("(?<!sign-in)$"))


def writes_and_changes(page: Page) -> str:
    """Write an idea as the citizen, and change it."""
    sign_in(page, SIGNINS["citizen"])
    page.goto("/havnvik/ideas/new")
    page.get_by_label("Hva er ideen?").fill("Sykkelstativ ved ferjekaia")
    page.get_by_label("Hvorfor, og for hvem?").fill("Syklene ligger strødd, og folk snubler.")
    ticks(page.get_by_label("Sett innbyggerne i sentrum"))
    page.get_by_role("button", name="Publiser").click()
    own = page.url.partition("?")[0].removeprefix(page.url[: page.url.index("/havnvik")])
    page.goto(f"{own}/edit")
    page.locator("#body").fill("Syklene ligger strødd, og folk med rullator kommer ikke forbi.")
    page.get_by_role("button", name="Lagre").click()
    return own


def says(page: Page, idea: str) -> str:
    """Comment on an idea; return the comment's address."""
    page.goto(idea)
    page.get_by_label("Skriv en kommentar").fill("Helst med tak.")
    page.get_by_role("button", name="Send").click()
    said = page.locator(".sb-comment", has_text="Helst med tak.")
    return f"/havnvik/comments/{number_of(said.get_attribute('id') or '')}"


def number_of(text: str) -> str:
    return re.sub(r"\D", "", text)
