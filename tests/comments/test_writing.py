"""Writing comments: by script and by form, once, and with nothing typed ever lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from tests.comments.said import JSON, comments, forbids_talk, page, replies, shown, stored
from tests.people import PASSWORD, Visitor
from tests.pipeline.board import REASON, move, stages
from tests.statements import counted

WORDS = "Dette er en lang tanke som jeg ikke vil skrive en gang til."


def typed(html: str) -> str:
    found = re.search(r'<textarea[^>]*name="body"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def closed(app: Flask, idea: int) -> None:
    forbids_talk(app)
    ids = stages(app)
    answer = move(Visitor(app, "ingrid"), idea, ids["not_pursued"], ids["received"], reason=REASON)
    assert answer.status_code == 303


def test_a_plain_form_leads_to_the_comment(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    answer = kari.posts(f"/havnvik/contributions/{idea}/comments", body=WORDS, stance="for")
    assert answer.status_code == 303
    where, _, anchor = answer.location.partition("#comment-")
    html = kari.gets(where).get_data(as_text=True)
    assert shown(html) == [int(anchor)]
    reply = kari.posts(f"/havnvik/comments/{anchor}/replies", body="Og en ting til.")
    where, _, anchor = reply.location.partition("#comment-")
    assert int(anchor) in shown(kari.gets(where).get_data(as_text=True))


def test_the_same_form_sent_twice_is_one_comment(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    assert comments(kari, idea, WORDS, key="abc") == comments(kari, idea, WORDS, key="abc")
    first = comments(kari, idea)
    assert replies(kari, first, key="abd") == replies(kari, first, key="abd")
    assert len(shown(page(kari, idea))) == 3


def test_of_a_text_that_is_far_too_long_the_beginning_is_kept(app: Flask) -> None:
    kari = Visitor(app, "kari")
    path = f"/havnvik/contributions/{kari.has_idea()}/comments"
    answer = kari.posts(path, body="æ" * 60_000, stance="for")
    assert answer.status_code == 422
    assert typed(answer.text) == "æ" * 20_000
    assert "Av det du skrev, er de første 20\xa0000 tegnene her." in answer.text
    assert "mellom 2 og 3 000 tegn" in answer.text
    huge = kari.posts(path, body="x" * 1_000_000)
    assert huge.status_code in (413, 422)
    assert len(huge.data) < 60_000


def test_going_back_and_writing_another_keeps_the_words_and_gives_a_new_key(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    path = f"/havnvik/contributions/{idea}/comments"
    assert kari.posts(path, body="Den første.", key="abc").status_code == 303
    again = kari.posts(path, body=WORDS, key="abc")
    html = again.get_data(as_text=True)
    assert (again.status_code, typed(html)) == (409, WORDS)
    key = re.search(r'name="key"[^>]*value="([^"]+)"', html)
    assert key and key[1] != "abc"
    assert kari.posts(path, body=WORDS, key=key[1]).status_code == 303


def test_what_is_too_long_or_empty_is_told_at_the_field_and_kept(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    path, long = f"/havnvik/contributions/{idea}/comments", "lang " * 700
    for body in ("", " ", "x", long):
        answer = kari.posts(path, body=body, stance="question")
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert typed(html).strip() == body.strip()
        assert re.search(r'value="question"[^>]*checked', html)
        assert 'aria-invalid="true"' in html
        by_script = kari.posts(path, headers=JSON, body=body)
        assert by_script.status_code == 422
        assert by_script.get_json()["message"]
    assert kari.posts(path, body="Helt fin.", stance="tull").status_code == 422


def test_a_stage_that_has_closed_refuses_and_keeps_the_words(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    first = comments(kari, idea)
    closed(app, idea)
    for path in (f"contributions/{idea}/comments", f"comments/{first}/replies"):
        answer = kari.posts(f"/havnvik/{path}", body=WORDS)
        assert (answer.status_code, typed(answer.get_data(as_text=True))) == (403, WORDS)
        assert "Samtalen er stengt" in answer.get_data(as_text=True)
    html = page(kari, idea)
    assert "data-compose" not in html
    assert 'data-talk="closed"' in html


def test_a_reply_to_what_was_deleted_keeps_the_words(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    first = comments(kari, idea, "Et dumt ord.")
    kari.posts(f"/havnvik/comments/{first}/deletion")
    answer = kari.posts(f"/havnvik/comments/{first}/replies", body=WORDS)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, typed(html)) == (422, WORDS)
    assert "Et dumt ord" not in html
    assert kari.gets(f"/havnvik/comments/{first}/replies/new").status_code == 404


def test_whoever_writes_too_fast_waits_and_keeps_the_words(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    first = [comments(kari, idea, f"Nummer {n}") for n in range(30)][0]
    for path in (f"contributions/{idea}/comments", f"comments/{first}/replies"):
        answer = kari.posts(f"/havnvik/{path}", body=WORDS)
        assert (answer.status_code, typed(answer.get_data(as_text=True))) == (429, WORDS)
    edit = kari.posts(f"/havnvik/comments/{first}", body=WORDS, seen="1")
    assert (edit.status_code, typed(edit.get_data(as_text=True))) == (429, WORDS)
    by_script = kari.posts(f"/havnvik/contributions/{idea}/comments", headers=JSON, body=WORDS)
    assert by_script.status_code == 429
    assert "Vent" in by_script.get_json()["message"]


def test_words_typed_before_signing_in_are_there_afterwards(app: Flask) -> None:
    idea = Visitor(app, "jonas").has_idea()
    kari = Visitor(app)
    html = page(kari, idea)
    assert "csrf_token" not in html  # so that everybody gets the same page
    long = WORDS + " Og mer til." * 200
    form = kari.posts(
        f"/havnvik/contributions/{idea}/comments/new", body=long, stance="for", csrf_token=""
    ).get_data(as_text=True)
    assert typed(form) == long
    assert re.search(r'value="for"[^>]*checked', form)
    sent = kari.posts(f"/havnvik/contributions/{idea}/comments", body=WORDS, stance="against")
    assert sent.status_code == 303
    assert "/sign-in" in sent.location
    path = f"/havnvik/contributions/{idea}/comments/new"
    signed = kari.posts("/sign-in", email="kari@example.no", password=PASSWORD, next=path)
    assert signed.location == path
    html = kari.gets(path).get_data(as_text=True)
    assert typed(html) == WORDS
    assert re.search(r'value="against"[^>]*checked', html)
    kari.posts(f"/havnvik/contributions/{idea}/comments", body=WORDS, stance="against")
    assert typed(kari.gets(path).get_data(as_text=True)) == ""


def test_a_reply_typed_before_signing_in_is_there_afterwards(app: Flask) -> None:
    jonas = Visitor(app, "jonas")
    first = comments(jonas, jonas.has_idea())
    kari = Visitor(app)
    assert "/sign-in" in kari.posts(f"/havnvik/comments/{first}/replies", body=WORDS).location
    kari.signs_in("kari")
    html = kari.gets(f"/havnvik/comments/{first}/replies/new").get_data(as_text=True)
    assert typed(html) == WORDS


def test_by_script_whoever_is_signed_out_is_told_so(app: Flask) -> None:
    idea = Visitor(app, "jonas").has_idea()
    answer = Visitor(app).posts(f"/havnvik/contributions/{idea}/comments", headers=JSON, body=WORDS)
    assert answer.status_code == 401
    assert answer.get_json()["message"]


def test_staff_write_as_the_town_only_where_they_work(app: Flask) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    here, there = kari.has_idea(), kari.has_idea(town="fjordvang")
    assert stored(app, comments(ingrid, here)).is_staff
    answer = ingrid.posts(f"/fjordvang/contributions/{there}/comments", headers=JSON, body=WORDS)
    assert not stored(app, answer.get_json()["comment"]).is_staff


@pytest.mark.parametrize("town", ["fjordvang", "havnvik"])
def test_wrong_town_and_nothing_are_the_same_404(app: Flask, town: str) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    first = comments(kari, idea)
    number, comment = (idea, first) if town == "fjordvang" else (999_999, 999_999)
    bodies = set()
    for path in (f"contributions/{number}/comments", f"comments/{comment}/replies"):
        answer = kari.posts(f"/{town}/{path}", headers=JSON, body=WORDS)
        assert answer.status_code == 404
        bodies.add(answer.get_data(as_text=True))
    for path in (f"comments/{comment}", f"comments/{comment}/replies", f"ideas/{number}"):
        assert kari.gets(f"/{town}/{path}").status_code == 404
    assert len(bodies) == 1


def test_a_comment_takes_few_statements_however_much_is_said(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    first = comments(kari, idea)
    few: list[int] = []
    for _round in range(2):
        for path, key in (
            (f"contributions/{idea}/comments", ""),
            (f"contributions/{idea}/comments", f"key{_round}"),
            (f"comments/{first}/replies", ""),
        ):
            token = kari.token()
            with counted(app) as statements:
                answer = kari.client.post(
                    f"/havnvik/{path}",
                    data={"csrf_token": token, "body": WORDS, "key": key},
                    headers={"Origin": "http://localhost"},
                )
            assert answer.status_code == 303
            assert len(statements) <= (11 if key else 9), statements
            few.append(len(statements))
        for n in range(5):
            comments(kari, idea, f"Mer {n}")
    assert few[:3] == few[3:]


def test_a_stance_that_is_not_offered_is_refused_in_the_readers_language(app: Flask) -> None:
    kari = Visitor(app, "kari")
    answer = kari.posts(
        f"/havnvik/contributions/{kari.has_idea()}/comments", body=WORDS, stance="maybe"
    )
    assert answer.status_code == 422
    assert "Not a valid" not in answer.get_data(as_text=True)
