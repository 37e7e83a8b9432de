"""The list of challenges: open ones first, deadlines in words, pages and search."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from smartby.challenges.listing import when
from smartby.challenges.models import state_of
from smartby.contributions import search
from smartby.contributions.models import Contribution
from smartby.core.clock import OSLO, at, now
from smartby.extensions import db
from tests.contributions import writing
from tests.people import Visitor
from tests.statements import counted


def page(app: Flask, query: str = "", town: str = "havnvik") -> str:
    answer = Visitor(app).gets(f"/{town}/challenges?{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def listed(html: str) -> list[tuple[int, str]]:
    found = re.findall(r'class="sb-call" data-state="(\w+)" id="challenge-(\d+)"', html)
    return [(int(number), state) for state, number in found]


def test_a_town_without_challenges_leads_to_ideas(app: Flask) -> None:
    html = page(app)
    assert "Ingen utfordringer er åpne nå." in html
    assert "/havnvik/ideas/new" in html


def test_open_ones_come_first_then_coming_then_closed(app: Flask) -> None:
    day = timedelta(days=1)
    closed = writing.challenge(app, "Sjøbadet", closes_at=now() - day)
    coming = writing.challenge(app, "Lys", opens_at=now() + day, closes_at=now() + 9 * day)
    endless = writing.challenge(app, "Brannstasjonen", question="Hva skal den bli?")
    dated = writing.challenge(app, "Sykkel", closes_at=now() + 5 * day)
    html = page(app)
    assert listed(html) == [
        (dated, "open"), (endless, "open"), (coming, "coming"), (closed, "closed"),
    ]  # fmt: skip
    assert "Hva skal den bli?" in html
    assert ">Brannstasjonen<" not in html  # the question says it
    assert f"/havnvik/ideas?challenge={dated}" in html
    assert f"/havnvik/ideas/new?challenge={dated}" in html
    assert f"/havnvik/ideas/new?challenge={closed}" not in html


def test_what_comes_is_listed_however_many_are_open(app: Flask) -> None:
    coming = writing.challenge(app, "Lys", opens_at=now() + timedelta(days=40))
    for place in range(52):
        writing.challenge(app, f"Spørsmål {place}")
    html = page(app)
    assert (coming, "coming") in listed(html)
    heading = html.index(">Kommer</h2>")
    assert "Åpner " in html[heading:] and "Stengte" not in html


def test_hidden_withdrawn_and_other_towns_ones_are_not_listed(app: Flask) -> None:
    kept = writing.challenge(app, "Kanarifuglens sti")
    gone = writing.challenge(app, "Kanarifuglens bur")
    writing.hidden(app, gone)
    writing.challenge(app, "Kanarifugl i ein annan kommune", slug="fjordvang")
    for query in ("", "q=kanarifugl"):
        assert listed(page(app, query)) == [(kept, "open")]
    assert "1 idé" not in page(app)


def test_the_number_of_ideas_is_told(app: Flask) -> None:
    asked = writing.challenge(app, "Hvor mangler det lys?")
    writing.idea(app, "Lys på gangveien i Lia", challenge=asked)
    assert "1 idé<" in page(app)


def test_closed_ones_come_by_twenty_there_and_back(app: Flask) -> None:
    past = now() - timedelta(days=1)
    made = [writing.challenge(app, f"Spørsmål {n}", closes_at=past) for n in range(25)]
    first = page(app)
    following = re.search(r'href="/havnvik/challenges\?([^"]+)" rel="next"', first)
    assert following
    second = page(app, following[1])
    assert [n for n, _ in listed(first)] == made[:4:-1]
    assert [n for n, _ in listed(second)] == made[4::-1]
    previous = re.search(r'href="/havnvik/challenges\?([^"]+)" rel="prev"', second)
    assert previous
    assert [n for n, _ in listed(page(app, previous[1]))] == made[:4:-1]


def test_search_finds_questions_by_other_forms_and_puts_words_right(app: Flask) -> None:
    asked = writing.challenge(app, "Flere benker i sentrum")
    writing.idea(app, "Benker langs sjøen i vest")
    assert listed(page(app, "q=benkene")) == [(asked, "open")]
    html = page(app, "q=senntrum")
    assert listed(html) == [(asked, "open")]
    assert "Viser treff for «sentrum»" in html
    nothing = page(app, "q=romskip")
    assert listed(nothing) == []
    assert "/havnvik/ideas?q=romskip" in nothing


def test_a_word_that_is_everywhere_is_searched_for_as_it_is(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {writing.challenge(app, f"Kvikkel nummer {n}") for n in range(2)}
    longer = writing.challenge(app, "Kvikkelibrumm")
    assert {number for number, _ in listed(page(app, "q=kvikkel"))} == {*own, longer}
    monkeypatch.setattr(search, "COMMON", 4)  # each counts twice in a title
    assert {number for number, _ in listed(page(app, "q=en+kvikkel"))} == own
    assert listed(page(app, "q=kvikkelibrum")) == [(longer, "open")]


@pytest.mark.parametrize(
    "query", ["limit=1000000000000", "after=AAAA.BB", "q=%00", "q=" + "a" * 201]
)
def test_what_cannot_be_asked_for_is_refused(app: Flask, query: str) -> None:
    assert Visitor(app).gets(f"/havnvik/challenges?{query}").status_code == 422


def test_statements_do_not_grow_with_the_rows(app: Flask) -> None:
    writing.challenge(app, "Flere benker i sentrum")
    for query in ("", "q=benk", "q=bennk"):
        spent = []
        for more in (0, 8):
            for n in range(more):
                writing.challenge(app, f"Benker nummer {n}")
            with counted(app) as sent:
                page(app, query)
            spent.append(len(sent))
        assert spent[0] == spent[1] <= 5, (query, sent)


def october(day: int, hour: int = 23, minute: int = 59) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("opens", "closes", "state", "words"),
    [
        (None, None, "open", "Åpen uten frist"),
        (october(26, 8), None, "coming", "Åpner 26. oktober"),
        # The clocks go back on the 25th: the day has 25 hours, and is still one day away.
        (None, october(25), "open", "Åpen til i morgen, 25. oktober"),
        (None, october(26), "open", "Åpen til 26. oktober, 2 dager igjen"),
        (None, october(24, 15, 0), "open", "Åpen til i dag klokka 15.00"),
        (None, october(23), "closed", "Stengte 23. oktober"),
    ],
)
def test_deadlines_are_told_in_words_on_oslos_days(
    app: Flask, opens: datetime | None, closes: datetime | None, state: str, words: str
) -> None:
    number = writing.challenge(app, "Flere benker", opens_at=opens, closes_at=closes)
    with app.app_context(), force_locale("nb"), at(october(24, 12, 0)):
        row = db.session.get_one(Contribution, number)
        assert (state_of(row, now()), when(row)) == (state, words)


def test_a_search_goes_from_one_kind_to_the_other_with_its_words(app: Flask) -> None:
    reader = Visitor(app)
    ideas = reader.gets("/havnvik/ideas?q=skolevei").get_data(as_text=True)
    assert 'href="/havnvik/challenges?q=skolevei"' in ideas
    challenges = reader.gets("/havnvik/challenges?q=skolevei").get_data(as_text=True)
    assert 'href="/havnvik/ideas?q=skolevei"' in challenges
