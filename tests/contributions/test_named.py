"""What a card points to for its name stands on every page that shows cards."""

from __future__ import annotations

import re

from flask import Flask

from tests.contributions import writing
from tests.people import Visitor


def test_what_names_a_pictogram_is_on_the_page(app: Flask) -> None:
    asked = writing.challenge(app, "Hvor mangler det lys?")
    writing.idea(app, "Lys på gangveien i Lia", principles=(1, 3), challenge=asked)
    paths = ("/", "/havnvik/", "/havnvik/ideas", "/havnvik/principles/1", "/principles/1")
    for path in (*paths, f"/havnvik/challenges/{asked}"):
        html = Visitor(app).gets(path).text
        named = set(re.findall(r'role="img" aria-labelledby="([^"]+)"', html))
        ids = re.findall(r' id="([^"]+)"', html)
        assert named == {"p1", "p3"}, path
        assert [ids.count(name) for name in ("p1", "p3")] == [1, 1], path
