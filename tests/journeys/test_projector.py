"""The projector while no vote is on: nobody scrolls it, and its last row is below the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.looking import Looker
from tests.journeys.test_voting_looks import OVER
from tests.serving import Smartby

LONG = ("Et sted der unge og gamle kan møtes uten å betale, med verksted og øvingsrom. " * 4)[:280]
MIDDLE, SHORT = LONG[:95], "Benker i sola"
ASKED = "Hva skal vi gjøre med den gamle brannstasjonen når den ikke lenger er i bruk?"
COLUMNS = {"columns": "Bra\nMindre bra\nTil neste gang"}
# The kind, its rules, how many cards came on paper and what they say, and the orders that follow.
CASES: tuple[tuple[str, dict[str, Any], int, str, tuple[str, ...]], ...] = (
    ("talk", {}, 0, "", ()), ("break", {}, 0, "", ()),
    ("brainstorm", {}, 0, "", ()), ("brainstorm", {}, 3, SHORT, ("reveal",)),
    ("brainstorm", {}, 7, SHORT, ("reveal",)), ("brainstorm", {}, 40, SHORT, ("reveal",)),
    ("brainstorm", {}, 10, MIDDLE, ("reveal",)), ("brainstorm", {}, 24, LONG, ("reveal",)),
    ("brainstorm", COLUMNS, 24, SHORT, ("reveal",)), ("brainstorm", COLUMNS, 9, LONG, ("reveal",)),
    ("brainstorm", {}, 1, LONG, ("reveal", "spotlight")),
    ("brainstorm", {}, 1, SHORT, ("reveal", "spotlight")),
    ("brainstorm", {}, 16, LONG, ("reveal", "next")), ("brainstorm", {}, 9, SHORT, ("next",)),
    ("questions", {}, 8, LONG, ()), ("questions", {}, 8, SHORT, ()), ("cloud", {}, 0, "", ()),
    ("tables", {}, 0, "", ("round", "simulate", "reveal")),
)  # fmt: skip
PLANTED = f"""
import json
from smartby import create_app
from smartby.extensions import db
from smartby.facilitation.models import Card
from tests.activities.halls import crowd, screen_of
from tests.facilitation.holding import drives, held, run_of
from tests.people import ORIGIN, Visitor
app = create_app({{"PUBLIC_URL": ORIGIN}})
fatima, screens = Visitor(app, "fatima"), {{}}
for place, (kind, rules, many, body, orders) in enumerate({CASES!r}):
    steps = ((kind, {ASKED!r}), ("grouping", "Hva hører sammen?"))
    number = crowd(fatima, steps, at=0, **rules)
    if many:
        sent = dict(activity=str(run_of(app, number).activity_id), sure="yes", place="1")
        lines = chr(10).join([body] * many)
        answer = fatima.posts(f"/havnvik/workshops/{{number}}/paper", lines=lines, **sent)
        assert answer.status_code == 303, (kind, answer.status_code)
    for order in orders:
        with app.app_context():
            card = db.session.scalar(db.select(Card.id).where(Card.run_id == number)) or 0
        assert drives(fatima, number, order, card=str(card)).status_code == 303, (kind, order)
    screens[f"{{place}} {{kind}} {{many}} {{orders}}"] = screen_of(app, number)
doors = held(fatima)
screens["doors"] = screen_of(app, doors)
over = held(fatima)
fatima.posts(f"/havnvik/workshops/{{over}}/closing")
screens["over"] = screen_of(app, over)
print(json.dumps(screens))
"""
SIZES = ((1920, 1080), (1280, 720), (320, 640))
FOOT = """() => {
    const foot = document.querySelector(".sb-room__foot");
    const end = foot ? foot.getBoundingClientRect().bottom : innerHeight;
    return innerHeight - end > innerHeight / 10 ? `ends ${end} of ${innerHeight}` : "";
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


def wrong_with(page: Page, width: int, height: int) -> Any:
    """Return what is wrong with the open page: how far it is to scroll, or where its end is."""
    down, aside = page.evaluate(OVER, [width, height])
    if width < 1000:  # on a phone one scrolls downwards
        return aside if aside > 0 else ""
    return max(down, aside) if max(down, aside) > 0 else page.evaluate(FOOT)


@pytest.mark.timeout(600)
def test_nobody_has_to_scroll_a_projector_whatever_is_on(browser: Browser, server: Smartby) -> None:
    screens = json.loads(server.runs(PLANTED).splitlines()[-1])
    page = browser.new_context(base_url=server.url, locale="nb-NO").new_page()
    found = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for name, address in screens.items():
            page.goto(address)
            page.evaluate("document.fonts.ready")
            found[f"{name} {width}"] = wrong_with(page, width, height)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    looker = Looker(browser, server.url)
    for name in ("0 talk 0 ()", "1 break 0 ()", "doors", "over"):
        looker.visits(screens[name])
    assert looker.problems == {}
