"""Search: words in any form and either written language, misspelt or not, in one's own town."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.contributions import search
from smartby.contributions.models import Contribution, ContributionText, FacetCount, SearchWord
from smartby.contributions.recounts import wrong_facets, wrong_words
from smartby.contributions.search import Term, question, terms_of
from smartby.contributions.vocabulary import recount
from smartby.core.transaction import transaction
from smartby.extensions import db
from tests.contributions import writing
from tests.contributions.finding import found, meant
from tests.corpora.hostile_text import HOSTILE
from tests.people import Visitor

OPERATORS = ("'\"*:()NEAR/", 'stems : "x" OR', "a AND NOT b", "lys' | 'x", "-lys", "^lys", "lys:*")


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
        ("på vegen", "nynorsk"),
        ("libraries", "english"),
        ("opening hour", "english"),
    ],
)
def test_words_are_found_in_any_form_and_either_language(
    app: Flask, town: dict[str, int], typed: str, finds: str
) -> None:
    assert town[finds] in found(app, typed)
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


def test_a_word_that_is_everywhere_is_searched_for_as_it_is(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {writing.idea(app, f"Kvikkel nummer {n}", "Ved rådhuset.") for n in range(2)}
    longer = writing.idea(app, "Kvikkelibrumm", "Et ord som ingen deler.")
    assert set(found(app, "kvikkel")) == {*own, longer}
    monkeypatch.setattr(search, "COMMON", 4)  # each counts twice in a title
    assert set(found(app, "en kvikkel")) == own  # not the page that is kept
    assert found(app, "kvikkelibrum") == [longer]


def test_all_words_must_be_there(app: Flask, town: dict[str, int]) -> None:
    assert found(app, "skolevei sykkelparkering") == []
    assert found(app, "romskip") == []


def test_what_says_nothing_finds_nothing(app: Flask, town: dict[str, int]) -> None:
    assert found(app, "og det er ikke") == []
    assert found(app, "?!") == []


def test_a_search_without_hits_helps_on(app: Flask, town: dict[str, int]) -> None:
    html = Visitor(app).gets("/havnvik/ideas?q=romskip&principle=1").get_data(as_text=True)
    assert 'action="/havnvik/ideas/new" method="post"' in html
    assert '<input type="hidden" name="text" value="romskip">' in html
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


COMPOUNDS = [
    ("Tryggere skolevei i Lia", "vegen til skulen"),
    ("Gangfelt på veien til skolen", "skolevei"),
    ("Gangfelt på vegen til skulen", "skoleveien"),
    ("Flere søppelbøtter langs sjøen", "søppelkasser"),
    ("Fleire bosspann langs sjøen", "søppelbøtte"),
    ("Flere søppelkasser i parken", "søppel"),
    ("Det flyter søppel i parken", "søppelbøtter"),
    ("Mer vegbelysning i Lia", "gatelys"),
    ("Gatelyset i Lia er slukket", "veilys"),
    ("Gatelys langs elva", "lys"),
    ("Meir ljos langs elva", "vegbelysning"),
    ("Det er mørkt i undergangen", "mørk undergang"),
    ("Mørke bakgårder", "mørkt"),
    ("Møteplass for de eldre", "eldre"),
    ("Middag på eldresenteret", "eldre"),
    ("Brua over elva er glatt", "broen"),
    ("Fartshumper i Strandgata", "strandgate"),
    ("Trygg overgang i Strandgaten", "strandgata"),
    ("Kryss ved busstoppet", "bussholdeplass"),
]


@pytest.mark.parametrize(("title", "typed"), COMPOUNDS)
def test_compounds_are_found_by_their_parts_and_by_other_words_for_the_same(
    app: Flask, title: str, typed: str
) -> None:
    number = writing.idea(app, title, "Noen bør gjøre noe med det.")
    writing.idea(app, "Svømmehall i sentrum", "Barna må lære å svømme.")
    assert found(app, typed) == [number]
    assert meant(app, typed) == ""


def test_a_place_is_found_by_its_name(app: Flask) -> None:
    number = writing.idea(app, "Fartshumper ved butikken", place="Kongens gate 4")
    assert found(app, "kongens gate") == [number]


@pytest.mark.parametrize("typed", ["Kari", "kari", "Skolevie", "hanne"])
def test_names_and_short_words_are_searched_for_as_they_are_typed(app: Flask, typed: str) -> None:
    number = writing.idea(app, "Benker på kaia", "En skolevei og noen hender.")
    assert found(app, typed) == []
    assert meant(app, typed) == ""
    html = Visitor(app).gets(f"/havnvik/ideas?q={typed}").get_data(as_text=True)
    offered = re.search(r"Søk heller etter «([^»]+)»", html)
    assert bool(offered) == (typed != "hanne")
    if offered:
        assert found(app, offered[1]) == [number]
        assert f"/havnvik/ideas?q={offered[1]}" in html


def test_a_name_that_the_town_uses_is_found(app: Flask) -> None:
    writing.idea(app, "Benker på kaia")
    number = writing.idea(app, "Statue av Kari på torget")
    assert found(app, "Kari") == [number]


@pytest.mark.parametrize(
    "typed", ["{}", "{} ", "«{}»", "{lower}", "{spaced}", "{joined}", "hvn {n}", "HVN{n}", "{year}"]
)
def test_a_reference_code_finds_what_it_names(app: Flask, typed: str) -> None:
    writing.idea(app, "Benker på kaia")
    number = writing.idea(app, "Lys på gangveien", "Se også HVN-2026-0001.")
    with app.app_context():
        code = db.session.get_one(Contribution, number).code
    _town, year, last = code.split("-")
    forms = {
        "lower": code.lower(),
        "spaced": code.replace("-", " "),
        "joined": code.replace("-", ""),
        "n": int(last),
        "year": f"{year}/{int(last)}",
    }
    assert found(app, typed.format(code, **forms)) == [number]
    assert found(app, typed.format(code, **forms), town="fjordvang") == []


def test_a_code_finds_what_is_withdrawn_but_not_what_is_hidden(app: Flask) -> None:
    withdrawn, hidden = writing.idea(app, "Lys på gangveien"), writing.idea(app, "Benker på kaia")
    writing.withdrawn(app, withdrawn)
    writing.hidden(app, hidden)
    assert found(app, "hvn 1") == [withdrawn]
    assert found(app, "hvn 2") == []


def test_a_code_of_the_other_kind_leads_there(app: Flask) -> None:
    idea = writing.idea(app, "Lys på gangveien")
    asked = writing.challenge(app, "Hvor mangler det lys?")
    ideas = Visitor(app).gets("/havnvik/ideas?q=hvn+2").get_data(as_text=True)
    assert f'href="/havnvik/challenges/{asked}"' in ideas
    assert "Vi fant ingen" not in ideas
    challenges = Visitor(app).gets("/havnvik/challenges?q=hvn-1").get_data(as_text=True)
    assert f'href="/havnvik/ideas/{idea}"' in challenges
    own = Visitor(app).gets("/havnvik/challenges?q=hvn-2").get_data(as_text=True)
    assert f'href="/havnvik/challenges/{asked}"' in own


def test_support_shows_on_what_a_code_finds(app: Flask) -> None:
    number = writing.idea(app, "Lys på gangveien")
    jonas = Visitor(app, "jonas")
    jonas.posts(f"/havnvik/contributions/{number}/support", wanted="yes")
    assert 'aria-pressed="true"' in jonas.gets("/havnvik/ideas?q=hvn1").get_data(as_text=True)


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


def test_the_index_is_made_anew_when_the_words_have_changed(app: Flask) -> None:
    number = writing.idea(app, "Gatelys langs elva")
    hidden = writing.idea(app, "Gatelys i parken")
    writing.hidden(app, hidden)
    with app.app_context(), transaction():
        for each in (number, hidden):
            text = db.session.get_one(ContributionText, each)
            if each == number:
                recount(text.municipality_id, text.stems, "gammelt")
            text.stems = "gammelt"
    assert found(app, "gatelys") == []
    done = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert done.output == "2 texts are found by other words than before.\n"
    assert found(app, "gatelys") == [number]
    with app.app_context():
        assert [*wrong_words()] == []
    again = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert again.output.startswith("0 texts")
