"""A town's colours: readable in light and dark whatever it chooses, served once for ever."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.municipalities.theme import (
    PRIMARY,
    contrast,
    is_default,
    luminance,
    style_sheet,
    toned,
    too_light,
)
from tests.people import Visitor

COLOURS = ["#1F5C4A", "#8B1E3F", "#000000", "#0033CC", "#767676", "#C60C30", "#5B2C83", "#7A4B00"]
TOKEN = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")


def tokens(primary: str, deep: str) -> dict[str, tuple[str, str]]:
    return {m[1]: (m[2], m[3]) for m in TOKEN.finditer(style_sheet(primary, deep))}


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert too_light("#777777")
    assert not too_light("#767676")


@pytest.mark.parametrize("wanted", [0.0, 0.02, 0.2, 0.64, 1.0])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_is_toned_to_a_brightness(colour: str, wanted: float) -> None:
    assert luminance(toned(colour, wanted)) == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("colour", [c for c in COLOURS if not too_light(c)])
@pytest.mark.parametrize("scheme", [0, 1])
def test_every_allowed_colour_gives_readable_pages(colour: str, scheme: int) -> None:
    made = {name: pair[scheme] for name, pair in tokens(colour, colour).items()}
    primary = {
        name.removeprefix("ds-color-primary-"): value
        for name, value in made.items()
        if name.startswith("ds-color-primary-")
    }
    assert len(primary) == 16
    for text in ("text-subtle", "text-default"):
        for ground in ("background-default", "surface-default", "surface-tinted"):
            assert contrast(primary[text], primary[ground]) >= 4.5, (text, ground)
    assert contrast(primary["base-contrast-default"], primary["base-default"]) >= 4.5
    assert contrast(made["sb-deep-ink-2"], made["sb-deep"]) >= 4.5
    assert contrast("#ffffff", made["sb-deep"]) >= 4.5


def test_our_own_colours_need_no_style_sheet(app: Flask) -> None:
    assert is_default(PRIMARY.lower(), "#123c30")
    assert "/theme/" not in Visitor(app).gets("/havnvik/").get_data(as_text=True)


def test_a_town_with_other_colours_links_its_own(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    chosen = hanne.posts("/havnvik/settings", **settings(primary_colour="#8b1e3f"))
    assert chosen.status_code == 303
    page = hanne.gets("/havnvik/").get_data(as_text=True)
    found = re.search(r'href="(/havnvik/theme/(\w+)\.css)"', page)
    assert found
    sheet = Visitor(app).gets(found[1])
    assert sheet.mimetype == "text/css"
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "--ds-color-primary-base-default: light-dark(#8B1E3F," in sheet.get_data(as_text=True)
    assert "/theme/" not in hanne.gets("/fjordvang/").get_data(as_text=True)

    hanne.posts("/havnvik/settings", **settings(seen="2", primary_colour="#0033cc"))
    late = Visitor(app).gets(found[1])
    assert late.status_code == 302
    assert late.location != found[1]
    assert late.headers["Cache-Control"] == "no-store"


def settings(**changes: str) -> dict[str, str]:
    return {
        "seen": "1",
        "primary_colour": "#1F5C4A",
        "deep_colour": "#123C30",
        "written_language": "nb",
        **changes,
    }
