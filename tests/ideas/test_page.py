"""An idea's page: few statements however much there is, and what each reader may do."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.challenges.test_page import answers
from tests.challenges.test_writing import unit
from tests.comments.said import comments, finds_useful, page, replies
from tests.comments.test_own import hides
from tests.comments.test_threads import said
from tests.pages.test_front import has_challenge
from tests.people import Visitor
from tests.pipeline.board import at
from tests.statements import counted


@pytest.mark.parametrize(("who", "most"), [(None, 7), ("jonas", 9), ("ingrid", 9)])
def test_the_page_takes_few_statements_however_much_there_is(
    app: Flask, who: str | None, most: int
) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    few, many = kari.has_idea(), kari.has_idea("Flere benker ved strandpromenaden")
    for idea, count in ((few, 1), (many, 50)):
        numbers = said(app, idea, count, stance="question")
        below = replies(ingrid, numbers[0])
        finds_useful(ingrid, below)
        ingrid.posts(f"/havnvik/contributions/{idea}/support", wanted="yes")
    at(ingrid, few, "under_review")
    at(ingrid, many, "piloting")
    fields = {"unit": unit(app), "lang": "nb", "body": "Vi måler farten og svarer innen jul."}
    for idea in (few, many):
        answer = ingrid.posts(f"/havnvik/contributions/{idea}/answers", **fields)
        assert answer.status_code == 303, answer.get_data(as_text=True)[:600]
    reader = Visitor(app, who)
    taken = []
    for idea in (few, many):
        for _again in range(2):
            with counted(app) as statements:
                page(reader, idea)
            assert len(statements) <= most, "\n".join(statements)
            taken.append(len(statements))
    assert len(set(taken)) == 1


def test_the_page_tells_what_it_follows_and_from_where(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    comments(kari, idea)
    kari.posts(f"/havnvik/contributions/{idea}/support", wanted="yes")
    streams = re.search(r'data-streams="([^"]+)"', page(Visitor(app), idea))
    assert streams
    assert streams[1] == f"contribution:{idea}@3"
    own = re.search(r'data-streams="([^"]+)"', page(kari, idea))
    assert own
    assert re.fullmatch(rf"contribution:{idea}@3 person:\d+@\d+", own[1])


def test_a_hidden_idea_is_there_for_the_staff_and_its_author_only(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    hides(app, idea)
    for who in (None, "jonas", "fatima", "olav"):
        answer = Visitor(app, who).gets(f"/havnvik/ideas/{idea}")
        assert answer.status_code == 404
    for who in ("ingrid", "kari"):
        assert "Ideen ble skjult" in page(Visitor(app, who), idea)
    assert 'data-press="supports-' not in page(kari, idea)
    challenge = has_challenge(app, "Hva skal brannstasjonen bli?")
    assert kari.gets(f"/havnvik/ideas/{challenge}").status_code == 404
    assert kari.gets(f"/havnvik/challenges/{idea}").status_code == 404


def test_the_idea_leads_to_the_challenge_it_answers_unless_that_is_hidden(app: Flask) -> None:
    kari = Visitor(app, "kari")
    challenge = has_challenge(app, "Hva skal brannstasjonen bli?")
    idea = answers(app, challenge, "Lys på gangveien bak skolen")
    assert f'href="/havnvik/challenges/{challenge}"' in page(kari, idea)
    hides(app, challenge)
    assert "brannstasjonen" not in page(kari, idea)


def test_whoever_is_not_signed_in_gets_a_page_that_needs_no_session(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    comments(kari, idea)
    answer = app.test_client().get(f"/havnvik/ideas/{idea}")
    html = answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    assert "csrf_token" not in html
    assert "data-mine" not in html


def test_deeds_are_shown_to_those_who_may(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    assert "Dette kan du gjøre" not in page(Visitor(app), idea)
    for who, words in (("ingrid", "Flytt ideen"), ("ingrid", "Gi et offisielt svar")):
        assert words in page(Visitor(app, who), idea)
        assert words not in page(Visitor(app, "jonas"), idea)
        assert words not in page(Visitor(app, "olav"), idea)
