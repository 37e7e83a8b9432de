"""The console in every kind of activity, wide, on a tablet and on a phone: all can be reached."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.test_together import page_of
from tests.journeys.test_voting_looks import KINDS
from tests.serving import Smartby

OTHERS = ("talk", "groups", "break", "brainstorm", "grouping", "cloud", "questions", "tables")
# Between two other steps, so that there is a way back, a way on, and something to undo.
PLANTED = f"""
import json
from smartby import create_app
from tests.activities.halls import ASKED, MANY, crowd
from tests.facilitation.holding import drives
from tests.people import ORIGIN, Visitor
fatima = Visitor(create_app({{"PUBLIC_URL": ORIGIN}}), "fatima")
consoles = {{}}
for kind in {(*OTHERS, *KINDS)!r}:
    steps = (("brainstorm", ASKED), (kind, ASKED), ("break", "Pause"))
    orders = ("simulate", "next", "simulate", "reveal")
    for many in (3, 4) if kind in {KINDS!r} else (2,):
        number = crowd(fatima, steps, at=1, options=MANY[:9])
        for order in orders[:many]:
            assert drives(fatima, number, order).status_code == 303, (kind, order)
        consoles[" ".join((kind, *orders[:many]))] = f"/havnvik/workshops/{{number}}/console"
print(json.dumps(consoles))
"""
SIZES = ((1280, 720), (800, 900), (320, 640))
# The bar has three rows of buttons at most, where a phone has no room for fewer.
WRONG = """() => {
    const said = [], over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) said.push(`${over} px too wide`);
    const named = at => at.id || at.name || at.textContent.trim().slice(0, 30);
    const bar = document.querySelector(".sb-drive").getBoundingClientRect();
    if (bar.bottom > innerHeight || bar.height > 176) said.push(`bar ${bar.height}`);
    for (const at of document.querySelectorAll(".sb-consolebox :is(a, button, input, summary)")) {
        if (!at.checkVisibility() || at.type === "hidden") continue;
        at.scrollIntoView({block: "center", behavior: "instant"});
        const box = at.getBoundingClientRect();
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        if (at.contains(hit) || hit?.closest("label")?.contains(at)) continue;
        said.push(`${named(at)} lies under ${hit && named(hit)}`);
    }
    return said;
}"""
# Without scrolling: the clock and what one drives by.
IN_VIEW = """() => [...document.querySelectorAll(".sb-clockrow .ds-button, .sb-drive .ds-button")]
    .filter(at => at.getBoundingClientRect().bottom > innerHeight).map(at => at.id)"""


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


@pytest.mark.timeout(600)
def test_all_of_a_console_can_be_reached_at_every_size(browser: Browser, server: Smartby) -> None:
    consoles = json.loads(server.runs(PLANTED).splitlines()[-1])
    page = page_of(browser, server, "fatima")
    wrong = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for name, address in consoles.items():
            page.goto(address)
            page.evaluate("document.fonts.ready")
            found = page.evaluate(IN_VIEW) if width > height else []
            found += page.evaluate(WRONG)
            if found:
                wrong[f"{name} {width}"] = found
    assert wrong == {}
