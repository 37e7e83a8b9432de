"""Pictograms: one picture that every page names parts of."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from flask import Flask

from tests.conventions.sources import TEMPLATES, files
from tests.people import Visitor

USED = re.compile(r'<use href="([^"]+)"/>')
NAMED = re.compile(r"\b(?:icon|icon_after|pictogram|mark)(?:\(|=)'([a-z-]+)'")
SYMBOL = "{http://www.w3.org/2000/svg}symbol"


def _drawn(app: Flask) -> set[str]:
    """Return the address of each drawing in the picture."""
    (address,) = {known.partition("#")[0] for known in app.jinja_env.globals["pictograms"].values()}
    picture = Visitor(app).gets(address)
    assert picture.status_code == 200
    assert picture.mimetype == "image/svg+xml"
    assert "immutable" in picture.headers["Cache-Control"]
    drawn = ElementTree.fromstring(picture.data)  # noqa: S314 - our own
    return {f"{address}#{each.attrib['id']}" for each in drawn.iter(SYMBOL)}


def test_a_page_shows_pictograms_from_the_one_picture(app: Flask) -> None:
    shown = set(USED.findall(Visitor(app).gets("/havnvik/ideas").text))
    assert {app.jinja_env.globals["pictograms"][name] for name in ("filter", "p1")} <= shown
    assert shown <= _drawn(app)


def test_every_pictogram_that_a_template_names_is_drawn(app: Flask) -> None:
    named = {name for path in files(TEMPLATES, ".html") for name in NAMED.findall(path.read_text())}
    assert {"place", "search"} <= named
    where = app.jinja_env.globals["pictograms"]
    assert named - set(where) == set()
    assert {f"p{number}" for number in range(1, 9)} <= set(where)
    assert set(where.values()) == _drawn(app)
    assert len(set(where.values())) == len(where)
