"""Discussions when everything happens at once: nothing half done, no 5xx, the books right after."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from smartby.accounts.models import User
from smartby.comments.models import Comment
from smartby.contributions.actions import hide, withdraw
from smartby.contributions.models import Contribution
from smartby.core.errors import Refused
from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.pipeline.models import Stage
from tests.comments.said import JSON, comments, finds_useful, forbids_talk, replies
from tests.people import ORIGIN, PEOPLE, Visitor, user_id
from tests.pipeline.board import REASON, stages
from tests.races import assert_books_are_right, at_once


def press(visitor: Visitor, path: str, token: str, **fields: Any) -> Any:
    data = {"csrf_token": token, **fields}
    return visitor.client.post(f"/havnvik/{path}", data=data, headers={"Origin": ORIGIN, **JSON})


def everybody(app: Flask) -> list[tuple[Visitor, str]]:
    people = [Visitor(app, key) for key in PEOPLE]
    return [(person, person.token()) for person in people]


def test_many_comments_and_replies_at_once_are_counted_exactly(app: Flask) -> None:
    people = everybody(app)
    kari = people[0][0]
    idea = kari.has_idea()
    first = comments(kari, idea)
    deeds = [
        partial(press, person, path, token, body="Alle på en gang.", stance=stance)
        for person, token in people
        for path, stance in (
            (f"contributions/{idea}/comments", "for"),
            (f"comments/{first}/replies", ""),
        )
    ]
    assert set(at_once(deeds)) == {201}
    with app.app_context():
        stored = db.session.get_one(Contribution, idea)
        assert (stored.comment_count, stored.for_count) == (2 * len(people) + 1, len(people))
        assert db.session.get_one(Comment, first).reply_count == len(people)
    assert_books_are_right(app)


def test_one_form_sent_many_times_at_once_is_one_comment(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea, token = kari.has_idea(), kari.token()
    sent = partial(press, kari, f"contributions/{idea}/comments", token, body="En gang.", key="k1")
    assert set(at_once([sent] * 16)) == {201}
    with app.app_context():
        assert db.session.scalar(select(func.count(Comment.id))) == 1
    assert_books_are_right(app)


def test_comments_while_it_moves_where_nobody_may_talk(app: Flask) -> None:
    forbids_talk(app)
    people, ids = everybody(app), stages(app)
    idea = people[0][0].has_idea()
    ingrid, token = Visitor(app, "ingrid"), ""
    token = ingrid.token()
    moved = partial(
        press, ingrid, f"contributions/{idea}/moves", token,
        to=ids["not_pursued"], seen=ids["received"], reason=REASON,
    )  # fmt: skip
    path = f"contributions/{idea}/comments"
    said = [partial(press, person, path, token, body="Vent litt.") for person, token in people]
    statuses = at_once([*said[:4], moved, *said[4:]])
    assert statuses.pop(4) < 400
    assert set(statuses) <= {201, 403}
    with app.app_context():
        rows = db.session.scalar(select(func.count(Comment.id)))
        assert rows == statuses.count(201)
    assert press(people[0][0], path, people[0][1], body="For sent.").status_code == 403
    assert_books_are_right(app)


def test_a_stage_that_closes_between_reading_and_writing_refuses(app: Flask) -> None:
    """The rule is asked again under the lock, whatever the page or the object said."""
    from smartby.comments.actions import comment_on

    idea, kari = Visitor(app, "kari").has_idea(), user_id(app, "kari")
    with app.app_context():
        contribution, by = db.session.get_one(Contribution, idea), db.session.get_one(User, kari)
        closed = db.session.scalars(select(Stage).where(Stage.id == contribution.stage_id)).one()
        perform(lambda: setattr(db.session.merge(closed), "allows_comment", False))
        with pytest.raises(Refused):
            perform(comment_on, contribution, body="For sent.", stance="for", by=by)
        db.session.expire_all()
        stored = db.session.get_one(Contribution, idea)
        assert (stored.comment_count, stored.for_count) == (0, 0)
    assert_books_are_right(app)


def test_deleting_and_replying_at_once(app: Flask) -> None:
    people = everybody(app)
    kari, token = people[0]
    idea = kari.has_idea()
    for _round in range(3):
        first = comments(kari, idea)
        deleted = partial(press, kari, f"comments/{first}/deletion", token)
        answers = [
            partial(press, person, f"comments/{first}/replies", their, body="Men vent.")
            for person, their in people[1:]
        ]
        statuses = at_once([*answers[:3], deleted, *answers[3:]])
        assert statuses.pop(3) == 303
        assert set(statuses) <= {201, 422}
        with app.app_context():
            row = db.session.get_one(Comment, first)
            assert row.reply_count == statuses.count(201)
            assert (row.body, row.deleted_at is None) == ("", False)
    assert_books_are_right(app)


def test_deleting_twice_at_once_counts_once(app: Flask) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    idea = kari.has_idea()
    first = comments(kari, idea, stance="against")
    deeds = [
        partial(press, who, f"comments/{first}/deletion", who.token(), reason="Den er på person.")
        for who in (kari, ingrid, kari, ingrid)
    ]
    assert set(at_once(deeds)) == {303}
    with app.app_context():
        stored = db.session.get_one(Contribution, idea)
        assert (stored.comment_count, stored.against_count) == (0, 0)
    assert_books_are_right(app)


@pytest.mark.parametrize("act", ["withdraw", "hide"])
def test_taking_it_away_while_people_take_part(app: Flask, act: str) -> None:
    people = everybody(app)
    kari = people[0][0]
    idea = kari.has_idea()
    first = comments(kari, idea)
    reply = replies(kari, first)
    finds_useful(kari, reply)
    by = user_id(app, "kari" if act == "withdraw" else "ingrid")

    def take_away() -> Any:
        with app.app_context():
            found, person = db.session.get_one(Contribution, idea), db.session.get_one(User, by)
            if act == "withdraw":
                perform(withdraw, found, reason=REASON, by=person)
            else:
                perform(hide, found, hidden=True, reason=REASON, by=person)
        return kari.gets("/havnvik/")

    deeds = [
        partial(press, person, path, token, **fields)
        for person, token in people
        for path, fields in (
            (f"contributions/{idea}/support", {"wanted": "yes"}),
            (f"contributions/{idea}/comments", {"body": "Jeg rakk det."}),
            (f"comments/{reply}/useful", {"wanted": "yes"}),
            (f"comments/{first}/replies", {"body": "Jeg rakk det."}),
        )
    ]
    half = len(deeds) // 2
    statuses = at_once([*deeds[:half], take_away, *deeds[half:]])
    assert set(statuses) <= {200, 201, 403, 404}, statuses
    assert_books_are_right(app)


def test_everything_at_once_between_three_people(app: Flask) -> None:
    kari, jonas, ingrid = (Visitor(app, key) for key in ("kari", "jonas", "ingrid"))
    idea, ids = kari.has_idea(), stages(app)
    first = comments(kari, idea, stance="question")
    second = replies(jonas, first)
    about, tokens = f"contributions/{idea}", {v: v.token() for v in (kari, jonas, ingrid)}
    acts: list[tuple[Visitor, str, dict[str, Any]]] = [
        (kari, f"comments/{first}", {"body": "Endret.", "seen": 1}),
        (kari, f"comments/{first}/deletion", {}),
        (kari, f"{about}/support", {"wanted": "yes"}),
        (jonas, f"comments/{second}/deletion", {}),
        (jonas, f"comments/{first}/useful", {"wanted": "yes"}),
        (jonas, f"{about}/comments", {"body": "Enig.", "stance": "for"}),
        (ingrid, f"comments/{second}/replies", {"body": "Vi ser på det."}),
        (ingrid, f"{about}/moves", {"to": ids["under_review"], "seen": ids["received"]}),
        (ingrid, f"comments/{second}/useful", {"wanted": "no"}),
    ]
    deeds = [partial(press, who, path, tokens[who], **fields) for who, path, fields in acts]
    statuses = at_once(deeds * 2)
    assert max(statuses) < 500, statuses
    assert_books_are_right(app)
