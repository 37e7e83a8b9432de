"""Addresses as posters and people write them lead to the page that is meant, and nowhere else."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.people import ORIGIN, Visitor


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/Havnvik", "/havnvik/"),
        ("/HAVNVIK/", "/havnvik/"),
        ("/havnvik/ideas/", "/havnvik/ideas"),
        ("/Havnvik/ideas/", "/havnvik/ideas"),
        ("/Havnvik/ideas?sort=newest&q=%C3%A5", "/havnvik/ideas?sort=newest&q=%C3%A5"),
        ("/principles/", "/principles"),
        ("/About/", "/about"),
    ],
)
def test_another_spelling_leads_to_the_page(app: Flask, written: str, meant: str) -> None:
    visitor, address, seen = Visitor(app), written, list[str]()
    while (answer := visitor.gets(address)).status_code != 200:
        assert answer.status_code == 308 and len(seen) < 3, seen
        address = answer.headers["Location"].removeprefix(ORIGIN)  # the router's own are whole
        assert address.startswith("/") and not address.startswith("//")
        seen.append(address)
    assert seen[-1] == meant


@pytest.mark.parametrize(
    "path",
    [
        "/NOSUCH/",
        "/nosuch/",
        "/nosuch/ideas/",
        "/havnvik/Ideas/",
        "/havnvik/nothing/",
        "/havnvik/ideas/0/",
        "/HAVNVIK/ideas/%0d%0ax/",
        "/%2Fevil.example/",
        "/\\evil.example/",
        "/havnvik/ideas//",
    ],
)
def test_what_is_nothing_stays_nothing(app: Flask, path: str) -> None:
    answer = Visitor(app).gets(path)
    if answer.status_code == 308:  # written with two slashes: the router's own
        answer = Visitor(app).gets(answer.headers["Location"])
    assert answer.status_code in (404, 308)
    assert "evil" not in answer.headers.get("Location", "")


def test_nothing_that_is_sent_is_led_on(app: Flask) -> None:
    kari = Visitor(app, "kari")
    assert kari.posts("/HAVNVIK/ideas", title="Lys").status_code == 404
    assert kari.posts("/havnvik/ideas/", title="Lys").status_code == 404


def test_a_closed_town_is_not_told_apart(app: Flask) -> None:
    from sqlalchemy import update

    from smartby.core.clock import now
    from smartby.core.transaction import transaction
    from smartby.extensions import db
    from smartby.municipalities.models import Municipality

    with app.app_context(), transaction():
        db.session.execute(
            update(Municipality).where(Municipality.slug == "havnvik").values(closed_at=now())
        )
    assert Visitor(app).gets("/HAVNVIK/").status_code == 404
