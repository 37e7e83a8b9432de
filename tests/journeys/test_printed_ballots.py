"""Ballots as they come out of the printer: as many as were promised, all on one sheet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.test_together import page_of
from tests.serving import Smartby

TITLE = "Sett ut flere benker med ryggstøtte og tak mot regn langs hele elva, fra torget til parken"
SHORT, MIDDLE, LONG = TITLE[:11], TITLE[:40], TITLE * 2
# The kind, what else its rules say, its options, and how many ballots a sheet has room for.
CASES: tuple[tuple[str, dict[str, Any], str, int, int], ...] = (
    ("dots", {}, SHORT, 7, 4), ("dots", {"most": 2}, MIDDLE, 4, 4), ("poll", {}, MIDDLE, 5, 4),
    ("score", {"high": "5"}, SHORT, 6, 4), ("dots", {}, SHORT, 14, 2), ("poll", {}, TITLE, 8, 2),
    ("score", {"high": "10"}, SHORT, 8, 2), ("approval", {}, LONG, 4, 2),
    ("dots", {}, TITLE, 14, 1), ("score", {"high": "10"}, MIDDLE, 8, 1),
    ("poll", {}, SHORT, 21, 1), ("score", {"high": "10"}, TITLE, 12, 1), ("poll", {}, TITLE, 50, 0),
    ("fist", {}, SHORT, 1, 4), ("matrix", {}, SHORT, 2, 4), ("matrix", {}, MIDDLE, 6, 2),
    ("matrix", {}, TITLE, 7, 1),
)  # fmt: skip
PLANTED = f"""
import json
from smartby import create_app
from smartby.extensions import db
from smartby.workshops.models import Workshop
from smartby.workshops.queries import steps_of
from tests.activities.voting import voting
from tests.people import ORIGIN
app = create_app({{"PUBLIC_URL": ORIGIN}})
found = []
for kind, rules, title, many, _copies in {CASES!r}:
    options = [f"{{title}} {{place}}" for place in range(many)]
    _fatima, number = voting(app, kind, options=options, **rules)
    with app.app_context():
        step = steps_of(db.session.get_one(Workshop, number))[-1].id
    found.append(f"/havnvik/workshops/{{number}}/programme/{{step}}/ballots")
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Smartby() as running:
        yield running


@pytest.mark.timeout(300)
def test_as_many_as_are_promised_come_out_on_one_sheet(browser: Browser, server: Smartby) -> None:
    addresses = json.loads(server.runs(PLANTED).splitlines()[-1])
    page, printed = page_of(browser, server, "fatima"), []
    for address in addresses:
        page.goto(address)
        page.evaluate("document.fonts.ready")
        copies = int(page.locator(".sb-ballots").get_attribute("data-copies") or "")
        paper = page.pdf(prefer_css_page_size=True)
        printed.append((copies, min(2, len(re.findall(rb"/Type\s*/Page\b", paper)))))
    assert printed == [(copies, 1 if copies else 2) for *_vote, copies in CASES]
