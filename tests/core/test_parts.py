"""Parts of pages that are kept: the same for everybody, but for the page's own address."""

from __future__ import annotations

import re

from flask import Flask
from markupsafe import Markup
from sqlalchemy import update

from smartby.core.fragments import HERE, part
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.municipalities.models import Municipality
from smartby.pipeline.models import Stage
from tests.contributions import writing
from tests.people import Visitor

NEXT = re.compile(r'name="next" value="([^"]*)"')


def test_a_kept_part_leads_back_to_the_page_that_it_stands_on(app: Flask) -> None:
    for path in ("/havnvik/ideas", "/havnvik/ideas?q=a%22b%27&sort=newest", "/havnvik/challenges"):
        html = Visitor(app).gets(path).text
        shown = path.replace("&", "&amp;")
        assert html.count(f'name="next" value="{shown}"') >= 2, path
        assert HERE not in html and "%EE%80%80" not in html
    link = "/sign-in?next=/havnvik/ideas?q%3Da%2522b%2527%26sort%3Dnewest"
    html = Visitor(app).gets("/havnvik/ideas?q=a%22b%27&sort=newest").text
    assert html.count(link) == 2  # in the row, which is not kept, and in the menu, which is


def test_an_address_cannot_break_out_of_a_kept_part(app: Flask) -> None:
    with app.test_request_context("/"):
        made = part("x", caller=lambda: Markup('<i title="{}">').format(HERE), here='/"><b>')
    assert made == '<i title="/&#34;&gt;&lt;b&gt;">'


def test_nobody_sees_the_head_of_somebody_elses_page(app: Flask) -> None:
    staff = Visitor(app, "hanne").gets("/havnvik/ideas").text
    citizen = Visitor(app, "kari").gets("/havnvik/ideas").text
    anonymous = Visitor(app).gets("/havnvik/ideas").text
    assert "Hanne Lunde" in staff and "/havnvik/board" in staff and "/havnvik/settings" in staff
    assert "Kari Solheim" in citizen and "Hanne" not in citizen
    assert "Hanne" not in anonymous and "Kari" not in anonymous
    for page in (citizen, anonymous):
        assert "/havnvik/board" not in page and "/havnvik/settings" not in page
    assert "sign-out" in citizen and "sign-out" not in anonymous


def test_a_kept_part_tells_pages_towns_looks_and_languages_apart(app: Flask) -> None:
    visitor = Visitor(app)
    ideas, challenges = (visitor.gets(f"/havnvik/{path}").text for path in ("ideas", "challenges"))
    assert re.search(r'href="/havnvik/ideas" aria-current="page"', ideas)
    assert re.search(r'href="/havnvik/challenges" aria-current="page"', challenges)
    assert 'href="/havnvik/ideas" aria-current' not in challenges
    assert "Havnvik" not in visitor.gets("/fjordvang/ideas").text
    visitor.gets("/preferences?theme=dark&language=en&next=/havnvik/ideas")
    html = visitor.gets("/havnvik/ideas").text
    assert 'value="dark" aria-current="true"' in html and 'value="auto" aria-current' not in html
    assert 'value="en" lang="en" aria-current="true"' in html
    assert 'value="auto" aria-current="true"' in Visitor(app).gets("/havnvik/ideas").text


def test_a_towns_new_name_shows_at_once(app: Flask) -> None:
    Visitor(app).gets("/havnvik/ideas")
    with app.app_context(), transaction():
        where = update(Municipality).where(Municipality.slug == "havnvik")
        db.session.execute(where.values(name="Nyhavn"))
    html = Visitor(app).gets("/havnvik/ideas").text
    assert "Nyhavn" in html and "Havnvik" not in html


def test_a_stages_new_name_shows_on_cards_at_once(app: Flask) -> None:
    writing.idea(app, "Lys på gangveien i Lia")
    assert "<strong>Mottatt</strong>" in Visitor(app).gets("/havnvik/ideas").text
    with app.app_context(), transaction():
        db.session.execute(update(Stage).where(Stage.key == "received").values(name_nb="Levert"))
    html = Visitor(app).gets("/havnvik/ideas").text
    assert "<strong>Levert</strong>" in html and "<strong>Mottatt</strong>" not in html
