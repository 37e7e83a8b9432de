"""What resembles a text while it is typed: ranked, visible, of this town, and a way to join it."""

from __future__ import annotations

import pytest
from flask import Flask
from limits import parse

from smartby.contributions import pace
from smartby.contributions.models import Contribution
from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from tests.corpora.hostile_text import HOSTILE
from tests.people import Visitor
from tests.statements import counted

TITLE = "Lys på gangveien bak skolen"
BODY = "Det er mørkt på gangveien bak skolen, og mange går der om morgenen."


def asks(visitor: Visitor, title: str = TITLE, text: str = BODY, **more: str) -> str:
    answer = visitor.posts("/havnvik/similar", title=title, text=text, **more)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def change(app: Flask, number: int, **values: object) -> None:
    with app.app_context(), transaction():
        found = db.session.get_one(Contribution, number)
        for name, value in values.items():
            setattr(found, name, value)


def test_what_resembles_it_comes_with_the_words_in_common_marked(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.has_idea("Belysning på gangveien ved skolen")
    kari.has_idea("Svømmehall i sentrum", body="Barna må lære å svømme, og bassenget er gammelt.")
    found = asks(Visitor(app))
    assert "1 bidrag ligner på ditt" in found
    assert "<mark>gangveien</mark>" in found
    assert "Svømmehall" not in found
    assert "<html" not in found


def test_nynorsk_finds_bokmaal(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea("Lys på skoleveien til Lia skole")
    found = asks(Visitor(app), "Ljos på skulevegen til Lia skule", "", lang="nn")
    assert f"/havnvik/ideas/{number}" in found


def test_the_most_alike_comes_first_and_at_most_eight(app: Flask) -> None:
    kari = Visitor(app, "kari")
    best = kari.has_idea(TITLE)
    for n in range(10):
        kari.has_idea(f"Gangveien bak skolen nummer {n}", body="Lys og mørke på gangveien.")
    found = asks(Visitor(app))
    assert found.count("<li><h3") == 8
    assert found.index(f'/ideas/{best}"') < found.index("nummer")


def test_a_compound_is_marked_where_its_parts_are_what_was_written(app: Flask) -> None:
    Visitor(app, "kari").has_idea("Trygg skolevei og sykkelparkering i Lia")
    found = asks(Visitor(app), "En trygg vei til skolen i Lia", "Sykkel er fint.")
    assert "<mark>skolevei</mark>" in found
    assert "<mark>sykkelparkering</mark>" not in found


def test_hidden_withdrawn_and_foreign_ones_are_not_among_them(app: Flask) -> None:
    kari = Visitor(app, "kari")
    hidden, withdrawn = kari.has_idea(TITLE), kari.has_idea(TITLE)
    kari.has_idea(TITLE, town="fjordvang")
    change(app, hidden, hidden_at=now())
    change(app, withdrawn, withdrawn_at=now())
    assert "<li><h3" not in asks(Visitor(app))
    assert "<li><h3" not in asks(Visitor(app, "ingrid"))


def test_little_or_nothing_written_finds_nothing(app: Flask) -> None:
    Visitor(app, "kari").has_idea(TITLE)
    for title in ("", "Lys", "og som det på"):
        assert "<li><h3" not in asks(Visitor(app), title, "")


def test_the_text_suggests_principles_and_says_why(app: Flask) -> None:
    found = asks(Visitor(app), "Kutt i utslipp av klimagass", "Miljøet og klimaet trenger det.")
    assert 'data-principle="3"' in found
    assert "«" in found


@pytest.mark.parametrize("name", [n for n in HOSTILE if "lone" not in n and "reversed" not in n])
def test_hostile_text_never_breaks_it(app: Flask, name: str) -> None:
    asks(Visitor(app), HOSTILE[name][:3000], HOSTILE[name][:3000])


def test_it_costs_the_same_few_statements_however_many_are_alike(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.has_idea(TITLE)
    asks(kari)
    with counted(app) as few:
        asks(kari)
    for n in range(9):
        kari.has_idea(f"{TITLE} nummer {n}")
    with counted(app) as many:
        asks(kari)
    assert len(many) == len(few) <= 8, many


def test_ones_own_support_shows_in_the_hits(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea(TITLE)
    jonas = Visitor(app, "jonas")
    assert 'aria-pressed="false"' in asks(jonas)
    jonas.posts(f"/havnvik/contributions/{number}/support", wanted="yes")
    assert 'aria-pressed="true"' in asks(jonas)


@pytest.mark.parametrize("who", ["jonas", None])
def test_the_text_can_be_taken_there_as_a_comment(app: Flask, who: str | None) -> None:
    number = Visitor(app, "kari").has_idea(TITLE)
    visitor = Visitor(app, who)
    answer = visitor.posts(
        f"/havnvik/contributions/{number}/carried-text", title="Lys i Lia", body=BODY
    )
    assert answer.status_code == 303
    assert answer.location == f"/havnvik/contributions/{number}/comments/new"
    text = visitor.gets(answer.location).get_data(as_text=True)
    assert f"Lys i Lia\n\n{BODY}" in text


def test_the_text_cannot_be_taken_to_what_is_not_here(app: Flask) -> None:
    kari = Visitor(app, "kari")
    foreign, hidden = kari.has_idea(TITLE, town="fjordvang"), kari.has_idea(TITLE)
    change(app, hidden, hidden_at=now())
    for number in (foreign, hidden, 999_999):
        answer = kari.posts(f"/havnvik/contributions/{number}/carried-text", title=TITLE, body=BODY)
        assert answer.status_code == 404


def test_without_a_script_a_button_shows_the_page_with_what_resembles_it(app: Flask) -> None:
    Visitor(app, "kari").has_idea(TITLE)
    text = Visitor(app).posts("/havnvik/ideas/preview", title=TITLE, body=BODY).get_data(True)
    assert "1 bidrag ligner på ditt" in text
    assert f'<input type="hidden" name="body" value="{BODY}">' in text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Trygg vei til skolen i Lia", ""),  # the parts of a compound
        ("Trygg skulveg i Lia", ""),
        ("Trygg skollevei i Lia", "Barna gpr der."),  # misspelt
    ],
)
def test_compounds_and_misspelt_words_find_it(app: Flask, title: str, text: str) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea("Trygg skolevei i Lia", body="Bilene kjører for fort.")
    kari.has_idea("Svømmehall i sentrum", body="Barna må lære å svømme, og bassenget er gammelt.")
    found = asks(Visitor(app), title, text)
    assert f"/havnvik/ideas/{number}" in found
    assert "Svømmehall" not in found


def test_what_is_typed_stands_in_no_address(app: Flask) -> None:
    kari = Visitor(app, "kari")
    assert kari.gets("/havnvik/similar", query_string={"title": TITLE}).status_code == 405
    form = kari.gets("/havnvik/ideas/new", query_string={"title": TITLE, "text": BODY})
    assert TITLE not in form.get_data(as_text=True)


@pytest.mark.parametrize("who", ["kari", None])
@pytest.mark.parametrize("kind", ["ideas", "challenges"])
def test_whoever_asks_too_often_is_told_in_place_and_loses_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, who: str | None, kind: str
) -> None:
    for name in ("PERSON", "ADDRESS"):
        monkeypatch.setattr(pace, name, parse("2/minute"))
    visitor = Visitor(app, who)
    token = visitor.token()
    for _turn in range(2):
        assert visitor.posts("/havnvik/similar", title=TITLE, csrf_token=token).status_code == 200
    fields = {"title": TITLE, "body": BODY, "csrf_token": token}
    for path, more in (("similar", {}), (f"{kind}/preview", {"part": "1"})):
        answer = visitor.posts(f"/havnvik/{path}", **fields, **more)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"]
        assert "Vent et minutt" in answer.get_data(as_text=True)
        assert "<html" not in answer.get_data(as_text=True)
    page = visitor.posts(
        f"/havnvik/{kind}/preview", **fields, kind=kind[:-1], key="a" * 32, keep="1"
    )
    assert page.status_code == 429
    assert BODY in page.get_data(as_text=True)
    if who:  # a draft is saved all the same
        assert TITLE in visitor.gets(f"/havnvik/{kind}/new").get_data(as_text=True)
    other = Visitor(app, "jonas")
    assert other.posts("/havnvik/similar", title=TITLE).status_code == 200
