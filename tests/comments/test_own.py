"""One's own comments: changed for fifteen minutes, deleted to a tombstone, useful once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from smartby.contributions.models import Contribution
from smartby.core import clock
from smartby.core.clock import now
from smartby.core.transaction import perform
from smartby.extensions import db
from tests.accounts.conftest import Letter, letters
from tests.comments.said import comments, finds_useful, forbids_talk, page, replies, stored
from tests.comments.test_writing import typed
from tests.people import Visitor, user_id
from tests.statements import counted

__all__ = ["letters"]
Letters = Callable[[], list[Letter]]
WORDS = "Nye ord som jeg har tenkt lenge på."


def hides(app: Flask, idea: int) -> None:
    statement = update(Contribution).where(Contribution.id == idea).values(hidden_at=now())
    with app.app_context():
        perform(lambda: db.session.execute(statement).rowcount)


def test_a_comment_can_be_changed_and_is_marked(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    number = comments(kari, idea)
    assert "redigert" not in page(kari, idea)
    form = kari.gets(f"/havnvik/comments/{number}/edit").get_data(as_text=True)
    assert typed(form) == "Enig, dette trengs."
    answer = kari.posts(f"/havnvik/comments/{number}", body="Helt **enig**.", seen="1")
    assert answer.status_code == 303
    html = page(kari, idea)
    assert "Helt <strong>enig</strong>." in html
    assert "redigert" in html
    assert stored(app, number).version == 2


def test_after_fifteen_minutes_it_stands(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    number = comments(kari, idea)
    assert f"/comments/{number}/edit" in page(kari, idea)
    clock.set_offset(timedelta(minutes=14, seconds=50).total_seconds())
    assert kari.posts(f"/havnvik/comments/{number}", body=WORDS, seen="1").status_code == 303
    clock.set_offset(timedelta(minutes=15, seconds=5).total_seconds())
    answer = kari.posts(f"/havnvik/comments/{number}", body="For sent nå.", seen="2")
    html = answer.get_data(as_text=True)
    assert (answer.status_code, typed(html)) == (403, "For sent nå.")
    assert "15 minutter" in html
    assert kari.gets(f"/havnvik/comments/{number}/edit").status_code == 403
    assert stored(app, number).body == WORDS
    assert f"/comments/{number}/edit" not in page(kari, idea)


def test_two_tabs_cannot_overwrite_each_other(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = comments(kari, kari.has_idea())
    path = f"/havnvik/comments/{number}"
    assert kari.posts(path, body="Den ene fanen.", seen="1").status_code == 303
    late = kari.posts(path, body=WORDS, seen="1")
    assert (late.status_code, typed(late.get_data(as_text=True))) == (409, WORDS)
    assert stored(app, number).body == "Den ene fanen."
    unusable = kari.posts(path, body="", seen="x")
    assert unusable.status_code == 422


@pytest.mark.parametrize("who", ["jonas", "ingrid", "olav"])
def test_nobody_changes_what_others_wrote(app: Flask, who: str) -> None:
    kari, other = Visitor(app, "kari"), Visitor(app, who)
    number = comments(kari, kari.has_idea())
    assert other.gets(f"/havnvik/comments/{number}/edit").status_code == 403
    answer = other.posts(f"/havnvik/comments/{number}", body=WORDS, seen="1")
    assert answer.status_code in (403, 404)
    assert stored(app, number).body == "Enig, dette trengs."


def test_what_is_deleted_leaves_a_tombstone_and_the_replies(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    idea = kari.has_idea()
    number = comments(kari, idea, "Et dumt ord.", stance="for")
    below = replies(jonas, number, "Ikke så dumt.")
    ask = kari.gets(f"/havnvik/comments/{number}/deletion").get_data(as_text=True)
    assert "Et dumt ord." in ask
    for _twice in range(2):
        assert kari.posts(f"/havnvik/comments/{number}/deletion").status_code == 303
    html = page(Visitor(app), idea)
    assert "Kommentaren er slettet av den som skrev den." in html
    assert "Et dumt ord." not in html
    assert f'id="comment-{below}"' in html
    assert f'<span class="sb-quiet sb-num" data-live="comments-{idea}">1</span>' in html
    row = stored(app, number)
    assert (row.body, row.body_html) == ("", "")
    assert row.deleted_by_id == user_id(app, "kari")
    with app.app_context():
        assert db.session.get_one(Contribution, idea).for_count == 0


def test_the_towns_staff_may_delete_with_a_reason_that_everybody_can_read(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    number = comments(kari, idea)
    for who in ("jonas", "olav", "fatima"):
        answer = Visitor(app, who).posts(f"/havnvik/comments/{number}/deletion")
        assert answer.status_code == 403
    amir, address = Visitor(app, "amir"), f"/havnvik/comments/{number}/deletion"
    for reason in ("", "Nei."):
        refused = amir.posts(address, reason=reason)
        assert refused.status_code == 422
        assert "Skriv hvorfor kommentaren fjernes" in refused.get_data(as_text=True)
    assert stored(app, number).deleted_at is None
    why = "Kommentaren gikk på person."
    assert amir.posts(address, reason=why).status_code == 303
    html = page(kari, idea)
    assert "Kommentaren er fjernet av en moderator." in html
    assert why in html
    log = Visitor(app).gets("/havnvik/log").get_data(as_text=True)
    assert why in log and "Amir Hosseini" in log


def test_whose_comment_is_removed_is_told_by_mail_once(app: Flask, letters: Letters) -> None:
    kari = Visitor(app, "kari")
    number = comments(kari, kari.has_idea())
    own = comments(kari, kari.has_idea("Benker langs kaia i sør"))
    letters()
    amir, why = Visitor(app, "amir"), "Kommentaren gikk på person."
    for _twice in range(2):
        amir.posts(f"/havnvik/comments/{number}/deletion", reason=why)
    (letter,) = letters()
    assert letter.to == "kari@example.no"
    assert letter.subject == "Kommentaren din er fjernet: Lys på gangveien bak skolen"
    assert why in letter.text and "kontakt med kommunen" in letter.text
    assert letter.path == f"/havnvik/comments/{number}"
    assert why in kari.gets(letter.path, follow_redirects=True).get_data(as_text=True)
    assert kari.posts(f"/havnvik/comments/{own}/deletion").status_code == 303
    assert letters() == []


def test_one_may_delete_what_one_said_after_the_talk_has_closed(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = comments(kari, kari.has_idea())
    forbids_talk(app, "received")
    assert kari.posts(f"/havnvik/comments/{number}", body=WORDS, seen="1").status_code == 403
    assert finds_useful(kari, number).status_code == 403
    assert kari.posts(f"/havnvik/comments/{number}/deletion").status_code == 303


def test_useful_counts_once_each_and_can_be_taken_back(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = comments(kari, kari.has_idea())
    for _twice in range(2):
        assert finds_useful(jonas, number).get_json()["count"] == 1
    assert finds_useful(kari, number).get_json()["count"] == 2
    for _twice in range(2):
        assert finds_useful(jonas, number, "no").get_json()["count"] == 1
    assert stored(app, number).useful_count == 1
    assert finds_useful(jonas, number, "maybe").status_code == 422
    assert finds_useful(Visitor(app), number).status_code == 401


def test_ones_own_useful_shows_pressed_to_oneself_only(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    idea = kari.has_idea()
    number = comments(kari, idea)
    finds_useful(jonas, number)
    pressed = f'aria-pressed="true" data-press="useful-{number}"'
    assert pressed in page(jonas, idea)
    assert pressed not in page(kari, idea)
    assert pressed not in page(Visitor(app), idea)


def test_under_a_hidden_idea_nothing_is_there(app: Flask) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    idea = kari.has_idea()
    number = comments(kari, idea)
    hides(app, idea)
    for tail in ("", "/edit", "/deletion", "/replies", "/replies/new"):
        assert kari.gets(f"/havnvik/comments/{number}{tail}").status_code == 404
    for tail in ("", "/deletion", "/replies", "/useful"):
        answer = kari.posts(f"/havnvik/comments/{number}{tail}", body=WORDS, seen=1, wanted="yes")
        assert answer.status_code == 404, tail
    assert ingrid.gets(f"/havnvik/comments/{number}/replies").status_code == 200
    assert replies_refused(ingrid, number)


def replies_refused(visitor: Visitor, number: int) -> bool:
    return visitor.posts(f"/havnvik/comments/{number}/replies", body=WORDS).status_code == 403


def test_acts_take_few_statements_however_much_is_said(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    number = comments(kari, idea)
    rounds = []
    for seen in (1, 2):
        taken = []
        for tail, fields in (
            ("", {"body": WORDS, "seen": seen}),
            ("/useful", {"wanted": "yes" if seen == 1 else "no"}),
        ):
            token = kari.token()
            with counted(app) as statements:
                kari.client.post(
                    f"/havnvik/comments/{number}{tail}",
                    data={"csrf_token": token, **fields},
                    headers={"Origin": "http://localhost"},
                )
            assert len(statements) <= 10, "\n".join(statements)
            taken.append(len(statements))
        rounds.append(taken)
        for n in range(5):
            comments(kari, idea, f"Mer {n}")
    assert rounds[0] == rounds[1]


def test_who_is_led_to_a_comment_is_told_only_when_something_is_left_out(app: Flask) -> None:
    kari, part = Visitor(app, "kari"), "Du ser en del av samtalen."
    idea = kari.has_idea()
    first = comments(kari, idea)
    led = kari.gets(f"/havnvik/ideas/{idea}?comment={first}").text
    assert f'id="comment-{first}"' in led and part not in led
    comments(kari, idea, "Og på den andre siden.")
    assert part in kari.gets(f"/havnvik/ideas/{idea}?comment={first}").text
