"""Pictograms: one picture that every page names parts of."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from flask import Flask

from tests.conventions.sources import TEMPLATES, files
from tests.people import Visitor

USED = re.compile(r'<use href="([^"#]+)#([^"]+)"/>')
NAMED = re.compile(r"\b(?:icon|icon_after|pictogram|mark)(?:\(|=)'([a-z-]+)'")
SYMBOL = "{http://www.w3.org/2000/svg}symbol"


def _names(app: Flask) -> set[str]:
    picture = Visitor(app).gets(app.jinja_env.globals["pictograms"])
    assert picture.status_code == 200
    assert picture.mimetype == "image/svg+xml"
    assert "immutable" in picture.headers["Cache-Control"]
    drawn = ElementTree.fromstring(picture.data)  # noqa: S314 - our own
    return {each.attrib["id"] for each in drawn.iter(SYMBOL)}


def test_a_page_shows_pictograms_from_the_one_picture(app: Flask) -> None:
    shown = USED.findall(Visitor(app).gets("/havnvik/ideas").text)
    assert {address for address, _name in shown} == {app.jinja_env.globals["pictograms"]}
    assert {name for _address, name in shown} <= _names(app)


def test_every_pictogram_that_a_template_names_is_drawn(app: Flask) -> None:
    named = {name for path in files(TEMPLATES, ".html") for name in NAMED.findall(path.read_text())}
    assert {"place", "search"} <= named
    assert named - _names(app) == set()
    assert {f"p{number}" for number in range(1, 9)} <= _names(app)
