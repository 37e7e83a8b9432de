"""Why ideas stand in the order they do: a page beside each page of the list."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask

from tests.contributions import writing
from tests.ideas.test_list import numbers, page
from tests.people import Visitor


def test_the_list_of_what_goes_on_says_why_each_stands_where_it_does(app: Flask) -> None:
    number = writing.idea(app, "Lys på gangveien i Lia")
    writing.supported(app, number, "jonas", "sunniva")
    writing.commented(app, number)
    for asked in ("", "principle=1&q=lys&sort=trending"):
        html = page(app, asked)
        link = re.search(r'href="([^"]+)">Hvorfor står ideene i denne rekkefølgen', html)
        assert link
        told = Visitor(app).gets(unescape(link[1])).text
        assert "2 støtter + 2 × 1 kommentar = 4 poeng" in told
        assert "0,6 + " in told  # log10(4)
        back = re.search(r'href="([^"]+)">Tilbake', told)
        assert back
        assert numbers(Visitor(app).gets(unescape(back[1])).text) == [number]
    assert "/ideas/order" not in page(app, "sort=newest")
    assert Visitor(app).gets("/havnvik/ideas/order?sort=newest").status_code == 404
    assert Visitor(app).gets("/havnvik/ideas/order?_external=1&_scheme=ftp").status_code == 200
