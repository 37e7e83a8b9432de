"""What a search finds and in which order: the words as meant, and what is most about them first."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.contributions import writing
from tests.contributions.finding import found, meant
from tests.people import Visitor


@pytest.mark.parametrize("typed", ["belysnig", "belynsing", "belysing", "blysning"])
def test_a_misspelt_word_is_put_right_also_where_the_index_has_another_for_it(
    app: Flask, typed: str
) -> None:
    number = writing.idea(app, "Bedre belysning i Lia", "Det er mørkt der om kvelden.")
    writing.idea(app, "Benker på kaia")
    assert found(app, typed) == [number]
    assert meant(app, typed) == "belysning"


def ranked(app: Flask, query: str, path: str = "/havnvik/ideas") -> list[int]:
    html = Visitor(app).gets(f"{path}?{query}").get_data(as_text=True)
    return [int(n) for n in re.findall(r'id="(?:card|challenge)-(\d+)"', html)]


@pytest.fixture
def about_light(app: Flask) -> list[int]:
    """Ideas that a search for light finds, the most relevant first."""
    title = writing.idea(app, "Mer lys på gangveien", "Det er mørkt der.")
    newer = writing.idea(app, "Nytt lys i undergangen", "Det er mørkt der også.")
    begins = writing.idea(app, "Lysekroner i kulturhuset", "De gamle er nede.")
    body = writing.idea(app, "Benker på kaia", "Med lys om kvelden.")
    part = writing.idea(app, "Fartshumper ved skolen", "Og et lysende skilt.")
    return [newer, title, begins, body, part]


def test_what_was_searched_for_in_the_title_stands_first(
    app: Flask, about_light: list[int]
) -> None:
    writing.supported(app, about_light[-1], "jonas", "sunniva", "amir")
    most_relevant = ranked(app, "q=lys")
    assert most_relevant[:2] == about_light[:2]
    assert most_relevant.index(about_light[3]) > 1
    assert ranked(app, "q=lys&sort=relevant") == most_relevant
    assert ranked(app, "q=lys&sort=newest") == sorted(most_relevant, reverse=True)
    assert ranked(app, "q=lys&sort=supported")[0] in most_relevant


def test_an_idea_with_all_words_in_its_title_is_the_most_relevant(app: Flask) -> None:
    both = writing.idea(app, "Benker langs elva")
    one = writing.idea(app, "Benker i parken", "Også langs elva, sier noen.")
    none = writing.idea(app, "Turvei i Lia", "Med benker langs elva.")
    assert ranked(app, "q=benk+elv") == [both, one, none]


def test_relevance_can_be_chosen_only_while_something_is_searched_for(app: Flask) -> None:
    writing.idea(app, "Mer lys på gangveien")
    searched = Visitor(app).gets("/havnvik/ideas?q=lys").get_data(as_text=True)
    assert '<option value="" selected>Mest relevant<' in searched
    assert '<option value="trending">Mest aktivitet nå<' in searched
    plain = Visitor(app).gets("/havnvik/ideas?sort=relevant").get_data(as_text=True)
    assert "Mest relevant" not in plain
    assert '<option value="" selected>Mest aktivitet nå<' in plain
    by_activity = Visitor(app).gets("/havnvik/ideas?q=lys&sort=trending").get_data(as_text=True)
    assert '<option value="trending" selected>' in by_activity


def test_pages_of_a_ranked_search_hold_each_idea_once_in_both_directions(app: Flask) -> None:
    numbers = [
        writing.idea(app, f"{('Benker', 'Mer lys')[n % 2]} ved elva {n}", "Lys og benker hver dag.")
        for n in range(45)
    ]
    expected = [*numbers[1::2][::-1], *numbers[::2][::-1]]
    path, pages = "/havnvik/ideas?q=lys", []
    while path:
        html = Visitor(app).gets(path).get_data(as_text=True)
        pages.append([int(n) for n in re.findall(r'id="card-(\d+)"', html)])
        ways = dict(re.findall(r'href="([^"]+)" rel="(next|prev)"', html))
        path = next((to.replace("&amp;", "&") for to, rel in ways.items() if rel == "next"), "")
    assert [number for each in pages for number in each] == expected
    before = next(to.replace("&amp;", "&") for to, rel in ways.items() if rel == "prev")
    html = Visitor(app).gets(before).get_data(as_text=True)
    assert [int(n) for n in re.findall(r'id="card-(\d+)"', html)] == pages[-2]


def test_a_challenge_is_found_by_its_question(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    asked = writing.challenge(app, "Mørke steder i byen", question="Hvor bør det stå lyktestolper?")
    other = writing.challenge(app, "Lyktestolper på kaia")
    assert ranked(app, "q=lyktestolpe", "/havnvik/challenges") == [other, asked]
    words = {"title": "Mørke steder i byen", "body": "Si fra.", "principles": ["1"], "lang": "nb"}
    new = {"question": "Hvor bør det stå benker?", "seen": "1"}
    assert ingrid.posts(f"/havnvik/challenges/{asked}", **words, **new).status_code == 303
    assert ranked(app, "q=lyktestolpe", "/havnvik/challenges") == [other]
    assert ranked(app, "q=benk", "/havnvik/challenges") == [asked]
