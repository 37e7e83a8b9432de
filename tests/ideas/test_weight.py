"""How heavy the pages that most people read are, in bytes of HTML."""

from __future__ import annotations

from flask import Flask

from tests.contributions import writing
from tests.people import Visitor

TITLE = "Lys på gangveien mellom skolen og bussholdeplassen {}"
BODY = (
    "Gangveien er mørk fra oktober til mars. Barna går der hver morgen, og ingen bil ser dem før"
    " de er midt i krysset. Kommunen har lys på begge sider, men ikke på de to hundre meterne"
    " imellom. Det koster lite, og mange har spurt om det før."
)
KB = 1_000


def _size(app: Flask, path: str, mark: str, count: int) -> float:
    html = Visitor(app).gets(path).text
    assert html.count(mark) == count
    return len(html.encode()) / KB


def test_a_full_list_stays_light(app: Flask) -> None:
    for number in range(20):
        writing.idea(app, TITLE.format(number), BODY, principles=(1, 3))
    assert _size(app, "/havnvik/ideas", '<article class="sb-idea"', 20) < 36


def test_a_page_with_a_long_discussion_stays_light(app: Flask) -> None:
    number = writing.idea(app, TITLE.format(1), BODY, principles=(1, 3))
    writing.commented(app, number, 20)
    assert _size(app, f"/havnvik/ideas/{number}", '<article class="sb-comment"', 20) < 38
