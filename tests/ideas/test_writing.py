"""Writing an idea: the form, publishing once, and what happens when it cannot be."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from smartby.contributions.models import Contribution
from smartby.extensions import db
from tests.corpora.hostile_text import ODD, REFUSED
from tests.people import ORIGIN, PASSWORD, Visitor
from tests.statements import counted

IDEA = {
    "title": "Lys på gangveien bak Lia skole",
    "body": "Det er mørkt på gangveien, og **barna** går der hver morgen.",
    "principles": ["1", "3"],
    "goals": ["11"],
    "place": "Lia",
    "lang": "nb",
}


def page(visitor: Visitor, path: str = "/havnvik/ideas/new") -> str:
    return visitor.gets(path).get_data(as_text=True)


def ideas(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Contribution.id))) or 0


def stored(app: Flask, number: int) -> Contribution:
    with app.app_context():
        return db.session.get_one(Contribution, number)


def begun(app: Flask, text: str, who: str | None = None) -> str:
    """Type something into the box on the front page, as a browser without script sends it."""
    visitor = Visitor(app, who)
    front = visitor.gets("/havnvik/").get_data(as_text=True)
    assert '<form class="sb-ask" action="/havnvik/ideas/new" method="post">' in front
    sent = {"data": {"text": text}, "headers": {"Origin": ORIGIN}}
    answer = visitor.client.post("/havnvik/ideas/new", **sent)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def field(form: str, name: str) -> str:
    """Return what stands in the form's field for the title or the text."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', form) or re.search(
        rf'<textarea[^>]*name="{name}"[^>]*>\r?\n?([^<]*)<', form
    )
    return found[1] if found else ""


@pytest.mark.parametrize("who", ["kari", None])
def test_the_form_begins_with_the_text_from_the_front_page_and_suggests_principles(
    app: Flask, who: str | None
) -> None:
    typed = "Sett opp flere ladestasjoner. Det gir mindre utslipp og klimagass."
    form = begun(app, typed, who)
    assert (field(form, "title"), field(form, "body")) == ("Sett opp flere ladestasjoner", typed)
    assert re.search(r'data-why="3">Foreslått:\s*«', form)
    assert re.search(r'value="3" id="principles-2" checked', form)
    assert 'value="5" id="principles-4">' in form


SENTENCE = (
    "Jeg ønsker meg lys på gangveien bak skolen, for der er det mørkt om vinteren og barna er redde"
)


@pytest.mark.parametrize(
    ("typed", "title", "body"),
    [
        ("Lys på gangveien bak skolen", ..., ""),
        ("Lys på gangveien bak skolen.", "Lys på gangveien bak skolen", ""),
        (SENTENCE, SENTENCE, ...),
        (f"{SENTENCE}.", SENTENCE, ...),
        ("Lys på gangveien! Det er mørkt.", "Lys på gangveien!", ...),
        ("Lys på gangveien\nDet er mørkt", "Lys på gangveien", ...),
        ("Hei! Jeg vil ha lys. Det er mørkt.", "Hei! Jeg vil ha lys", ...),
        ("Vi bør ha f.eks. lys her. Det er mørkt.", "Vi bør ha f.eks. lys her", ...),
        ("Lys på gangveien " * 8, "Lys på gangveien " * 7 + "…", ...),
        ("ly" * 100, "", ...),
        ("", "", ""),
    ],
)
def test_the_first_sentence_is_the_title_and_no_word_is_lost(
    app: Flask, typed: str, title: Any, body: Any
) -> None:
    form = begun(app, typed)
    assert field(form, "title") == (typed if title is ... else title)
    assert field(form, "body") == (typed.strip() if body is ... else body)


def test_what_is_far_too_long_to_begin_with_is_told(app: Flask) -> None:
    sent = {"data": {"text": "lys " * 6_000}, "headers": {"Origin": ORIGIN}}
    answer = Visitor(app).client.post("/havnvik/ideas/new", **sent)
    assert answer.status_code == 422
    assert len(answer.data) < 30_000


def test_weak_words_suggest_a_principle_without_choosing_it(app: Flask) -> None:
    form = begun(app, "Skolen trenger led i taket. Det er fint.")
    assert re.search(r'data-why="7">Foreslått:\s*«', form)
    assert 'name="principles" value="7" id="principles-6">' in form
    typed = {"title": "Skolen trenger led i taket", "text": "Det er fint."}
    weak = Visitor(app, "kari").posts("/havnvik/similar", **typed).text
    assert '<li data-principle="7">' in weak
    typed["text"] = "Kurs for lærere."
    assert (
        '<li data-principle="7" data-sure>'
        in Visitor(app, "kari").posts("/havnvik/similar", **typed).text
    )


def test_what_cannot_be_stored_is_refused_and_another_site_begins_nothing(app: Flask) -> None:
    client = Visitor(app).client
    sent = {"data": {"text": "a\x00b"}, "headers": {"Origin": ORIGIN}}
    assert client.post("/havnvik/ideas/new", **sent).status_code == 422
    sent = {"data": {"text": "Kjøp dette"}, "headers": {"Origin": "https://evil.example"}}
    assert client.post("/havnvik/ideas/new", **sent).status_code == 403


def test_an_idea_is_published_with_all_that_was_chosen(app: Flask) -> None:
    answer = Visitor(app, "kari").posts("/havnvik/ideas", **IDEA)
    assert answer.status_code == 303
    idea = stored(app, int(answer.location.rsplit("/", 1)[-1]))
    assert (idea.title, idea.place) == (IDEA["title"], "Lia")
    assert (idea.principles, idea.goals) == ([1, 3], [11])


def test_sending_twice_publishes_once(app: Flask) -> None:
    kari = Visitor(app, "kari")
    first, second = (kari.posts("/havnvik/ideas", key="a" * 32, **IDEA) for _ in range(2))
    assert first.location == second.location
    assert ideas(app) == 1


def test_another_text_under_a_used_key_is_kept_with_a_new_key(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kari.posts("/havnvik/ideas", key="a" * 32, **IDEA)
    answer = kari.posts("/havnvik/ideas", key="a" * 32, **IDEA | {"title": "Benker ved kaia også"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "alt publisert med en annen tekst" in text
    assert "Benker ved kaia også" in text
    assert 'value="' + "a" * 32 not in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": "Lys"}, "mellom 10 og 120"),
        ({"title": "L" * 121}, "mellom 10 og 120"),
        ({"body": ""}, "Skriv noen setninger"),
        ({"body": "x" * 5001}, "høyst 5 000 tegn"),
        ({"principles": []}, "ett til tre prinsipper"),
        ({"principles": ["1", "2", "3", "4"]}, "ett til tre prinsipper"),
        ({"goals": ["1", "2", "3", "4"]}, "høyst tre mål"),
        ({"place": "x" * 81}, "høyst 80 tegn"),
    ],
)
def test_what_is_wrong_is_said_first_and_at_the_field_and_the_text_is_kept(
    app: Flask, wrong: dict[str, Any], said: str
) -> None:
    answer = Visitor(app, "kari").posts("/havnvik/ideas", **IDEA | wrong)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert text.index("ds-error-summary") < text.index(said)
    assert text.count(said) >= 2
    assert wrong.get("body", str(IDEA["body"]))[:40] in text
    assert ideas(app) == 0


@pytest.mark.parametrize("field", ["principles", "goals", "challenge", "lang"])
@pytest.mark.parametrize("value", ["99", "-1", "x", "9" * 40, "9" * 400, "0"])
def test_numbers_that_nobody_can_choose_are_refused(app: Flask, field: str, value: str) -> None:
    answer = Visitor(app, "kari").posts("/havnvik/ideas", **IDEA | {field: [value]})
    if (field, value) != ("challenge", "0"):
        assert answer.status_code == 422
        assert ideas(app) == 0


@pytest.mark.parametrize("name", REFUSED)
def test_text_that_cannot_be_text_never_gets_as_far_as_a_row(app: Flask, name: str) -> None:
    sent = REFUSED[name].encode("utf-8", "surrogatepass")
    answer = Visitor(app, "kari").posts("/havnvik/ideas", **IDEA | {"body": sent})
    # Half a character is replaced where the bytes are read; NUL is ours to refuse.
    assert answer.status_code in ((413, 422) if "nul" in name else (303, 422))


@pytest.mark.parametrize("name", list(ODD)[::3])
def test_odd_text_is_stored_harmless_or_refused(app: Flask, name: str) -> None:
    answer = Visitor(app, "kari").posts("/havnvik/ideas", **IDEA | {"body": "Tekst. " + ODD[name]})
    assert answer.status_code in (303, 413, 422)


def test_a_title_that_turns_the_reading_direction_is_shown_without_that(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea(title="Lys på \u202egangveien\u202c bak skolen")
    assert stored(app, number).title == "Lys på gangveien bak skolen"


def test_the_preview_shows_markdown_keeps_the_form_and_publishes_nothing(app: Flask) -> None:
    visitor = Visitor(app)
    sent = IDEA | {"body": "**Fet** <script>alert(1)</script>", "title": "Kort"}
    whole = visitor.posts("/havnvik/ideas/preview", **sent)
    text = whole.get_data(as_text=True)
    assert whole.status_code == 200
    assert "<strong>Fet</strong> &lt;script&gt;" in text
    assert 'value="Kort"' in text
    assert "ds-error-summary" not in text
    part = visitor.posts("/havnvik/ideas/preview", part="1", **sent).get_data(as_text=True)
    assert "<strong>Fet</strong>" in part
    assert 'lang="nb">Kort</h3>' in part
    assert "<form" not in part
    assert ideas(app) == 0


def test_the_preview_shows_the_whole_page(app: Flask) -> None:
    sent = IDEA | {"title": "Lys <b>her</b>", "principles": ["2"], "goals": ["11"], "place": "Kaia"}
    part = Visitor(app).posts("/havnvik/ideas/preview", part="1", **sent).get_data(as_text=True)
    assert "Lys &lt;b&gt;her&lt;/b&gt;</h3>" in part
    assert "Tenk helhetlig" in part
    assert 'sb-goals__n">11</span>Bærekraftige byer' in part
    assert "Kaia" in part
    assert "Uten tittel" in Visitor(app).posts("/havnvik/ideas/preview", part="1").text


def test_all_that_was_chosen_survives_signing_in(app: Flask) -> None:
    kari = Visitor(app)
    assert "Logg inn og publiser" in page(kari)
    sent = kari.posts("/havnvik/ideas", **IDEA)
    assert sent.location == "/sign-in?next=/havnvik/ideas/new?send%3Dyes"
    kari.posts("/sign-in", email="kari@example.no", password=PASSWORD, next="/havnvik/ideas/new")
    text = page(kari)
    assert 'data-origin="held"' in text
    assert 'value="Lia"' in text
    assert [n for n in range(8) if f'id="principles-{n}" checked' in text] == [0, 2]
    assert 'id="goals-10" checked' in text


def test_the_form_costs_few_statements(app: Flask) -> None:
    kari = Visitor(app, "kari")
    page(kari)
    with counted(app) as sent:
        page(kari)
    assert len(sent) <= 4, sent


def test_a_flood_from_one_person_is_stopped_and_the_last_text_is_kept(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    for number in range(30):
        kari.has_idea(f"Lys på gangvei nummer {number}")
    for kind in ("ideas", "challenges"):
        answer = kari.posts(f"/havnvik/{kind}", **{**IDEA, "question": "Hvem vil ha lys her?"})
        form = answer.get_data(as_text=True)
        assert answer.status_code == 429
        assert "send den litt senere" in form
        assert field(form, "title") in (IDEA["title"], "")
        assert "Det er mørkt på gangveien" in field(form, "body")
    assert jonas.posts("/havnvik/ideas", **IDEA).status_code == 303
    assert ideas(app) == 31
