"""Search: words in any form and either written language, misspelt or not, in one's own town."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.contributions import search
from smartby.contributions.models import FacetCount, SearchWord
from smartby.contributions.recounts import wrong_facets, wrong_words
from smartby.contributions.search import Term, question, terms_of
from smartby.extensions import db
from tests.contributions import writing
from tests.corpora.hostile_text import HOSTILE
from tests.people import Visitor

OPERATORS = ("'\"*:()NEAR/", 'stems : "x" OR', "a AND NOT b", "lys' | 'x", "-lys", "^lys", "lys:*")


def found(app: Flask, q: str, rest: str = "", town: str = "havnvik") -> list[int]:
    answer = Visitor(app).client.get(f"/{town}/ideas", query_string={"q": q, "sort": "newest"})
    assert answer.status_code == 200, q
    return [int(n) for n in re.findall(r'id="card-(\d+)"', answer.get_data(as_text=True))]


def meant(app: Flask, q: str) -> str:
    html = Visitor(app).client.get("/havnvik/ideas", query_string={"q": q}).get_data(as_text=True)
    said = re.search(r"Viser treff for «([^»]+)»", html)
    return said[1] if said else ""


@pytest.fixture
def town(app: Flask) -> dict[str, int]:
    """A few ideas by the word that finds them."""
    return {
        "skolevei": writing.idea(app, "Tryggere skolevei i Lia", "Barna går langs bilveien."),
        "sykkel": writing.idea(app, "Sykkelparkering ved stasjonen", "Under tak, med lås."),
        "nynorsk": writing.idea(
            app, "Fleire benker på torget", "Dei eldre vil kvile litt på vegen.", lang="nn"
        ),
        "english": writing.idea(
            app, "Longer opening hours at the library", "Many of us work late.", lang="en"
        ),
    }


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("skoleveien", "skolevei"),
        ("SKOLEVEIER", "skolevei"),
        ("skulevegen", "skolevei"),  # nynorsk
        ("trygg skolevei", "skolevei"),
        ("barnas bilvei", "skolevei"),
        ("sykkel", "sykkel"),  # the beginning of a longer word
        ("sykkelparkeringa", "sykkel"),
        ("benkene", "nynorsk"),
        ("flere benker", "nynorsk"),  # bokmål finds nynorsk
        ("veien", "nynorsk"),
        ("libraries", "english"),
        ("opening hour", "english"),
    ],
)
def test_words_are_found_in_any_form_and_either_language(
    app: Flask, town: dict[str, int], typed: str, finds: str
) -> None:
    assert found(app, typed) == [town[finds]]
    assert meant(app, typed) == ""


@pytest.mark.parametrize(
    ("typed", "finds", "right"),
    [
        ("skolevie", "skolevei", "skolevei"),
        ("sykelparkering", "sykkel", "sykkelparkering"),
        ("bennker torget", "nynorsk", "benker torget"),
        ("tryggere skollevei", "skolevei", "tryggere skolevei"),
    ],
)
def test_misspelt_words_are_put_right_and_the_reader_is_told(
    app: Flask, town: dict[str, int], typed: str, finds: str, right: str
) -> None:
    assert found(app, typed) == [town[finds]]
    assert meant(app, typed) == right


def test_all_words_must_be_there(app: Flask, town: dict[str, int]) -> None:
    assert found(app, "skolevei sykkelparkering") == []
    assert found(app, "romskip") == []


def test_what_says_nothing_finds_nothing(app: Flask, town: dict[str, int]) -> None:
    assert found(app, "og det er ikke") == []
    assert found(app, "?!") == []


def test_a_search_without_hits_helps_on(app: Flask, town: dict[str, int]) -> None:
    html = Visitor(app).gets("/havnvik/ideas?q=romskip&principle=1").get_data(as_text=True)
    assert "/havnvik/ideas/new?text=romskip" in html
    assert "Fjern filtrene" in html
    assert 'href="/havnvik/ideas?q=romskip"' in html


def test_a_town_finds_and_corrects_by_its_own_words_only(app: Flask, town: dict[str, int]) -> None:
    there = writing.idea(app, "Kanarifugl ved ferjekaia", slug="fjordvang")
    assert found(app, "kanarifugl") == found(app, "kanarifugk") == []
    assert meant(app, "kanarifugk") == ""
    assert found(app, "kanarifugk", town="fjordvang") == [there]
    assert found(app, "skolevei", town="fjordvang") == []


def test_an_edit_is_found_by_its_new_words_only(app: Flask, town: dict[str, int]) -> None:
    writing.edited(app, town["sykkel"], "Benker ved stasjonen", "Med rygg.", principles=(2,))
    assert found(app, "sykkelparkering") == []
    assert town["sykkel"] in found(app, "benk")
    with app.app_context():
        assert db.session.scalar(select(SearchWord.count).filter_by(stem="sykkelparkering")) is None
        assert [*wrong_words(), *wrong_facets()] == []


@pytest.mark.parametrize("typed", [*OPERATORS, *list(HOSTILE.values())[::3]])
def test_operators_and_hostile_words_are_words(
    app: Flask, town: dict[str, int], typed: str
) -> None:
    sent = typed.encode("utf-8", "surrogatepass")[:2000]
    answer = Visitor(app).client.get("/havnvik/ideas", query_string={"q": sent})
    assert answer.status_code in (200, 400, 422)


def test_questions_hold_letters_and_figures_only() -> None:
    terms = terms_of('lys\'); DROP TABLE x; "og" (benk) NEAR/3')
    asked = question(terms, 7, "sqlite")
    assert asked.startswith('municipality_id : "7" AND stems : (')
    assert re.fullmatch(r"[\w\s\"*():]+", asked)
    assert re.fullmatch(r"[\w\s'*():&|]+", question(terms, 7, "postgresql"))


def test_short_stems_find_only_themselves() -> None:
    terms = [Term("bro", ("bro",)), Term("benk", ("benk", "bench"))]
    assert question(terms, 1, "postgresql") == "('bro') & ('benk':* | 'bench':*)"


def test_no_more_words_are_asked_for_than_a_sentence_has() -> None:
    assert len(terms_of(" ".join(f"ord{n}" for n in range(50)))) == search.MOST_TERMS


def test_counts_follow_everything_that_happens(app: Flask) -> None:
    first = writing.idea(app, "Lys på gangveien i Lia", principles=(1, 2), goals=(11,))
    second = writing.idea(app, "Benker langs sjøen i vest", principles=(2,))
    writing.challenge(app, "Hvor mangler det lys?")
    writing.moved(app, first, "under_review")
    writing.edited(app, first, "Lys på gangveien", principles=(3,), goals=(4, 5))
    writing.hidden(app, first)
    writing.moved(app, first, "exploring")  # while it is hidden
    writing.hidden(app, first, back=True)
    writing.withdrawn(app, second)
    writing.hidden(app, second)
    writing.hidden(app, second, back=True)
    with app.app_context():
        assert [*wrong_facets(), *wrong_words()] == []
        kept = select(FacetCount.facet, FacetCount.value).where(
            FacetCount.kind == "idea", FacetCount.count == 1, FacetCount.facet != "stage"
        )
        counted = set(map(tuple, db.session.execute(kept)))
    assert counted == {("all", 0), ("principle", 3), ("goal", 4), ("goal", 5)}
