"""An idea that answers a challenge: only an open one, of this town, that one may know of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from smartby.challenges.models import Challenge
from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.ideas.models import Idea
from tests.challenges.test_writing import number_of, posts
from tests.people import Visitor

IDEA = {
    "title": "Brøyt sykkelveiene først",
    "body": "Da kommer flere seg på jobb uten bil.",
    "principles": ["3"],
    "lang": "nb",
}


def change(app: Flask, number: int, **values: Any) -> None:
    with app.app_context(), transaction():
        for name, value in values.items():
            setattr(db.session.get_one(Challenge, number), name, value)


def ideas_under(app: Flask, number: int) -> int:
    with app.app_context():
        return db.session.get_one(Challenge, number).idea_count


def test_the_form_shows_the_challenge_and_the_idea_answers_it(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    challenge = number_of(posts(kari))
    form = jonas.gets(f"/havnvik/ideas/new?challenge={challenge}").get_data(as_text=True)
    assert "Ideen svarer på utfordringen" in form
    assert f'name="challenge" type="hidden" value="{challenge}"' in form
    answer = jonas.posts("/havnvik/ideas", **IDEA, challenge=challenge)
    number = int(answer.location.rsplit("/", 1)[-1])
    with app.app_context():
        assert db.session.get_one(Idea, number).challenge_id == challenge
    assert ideas_under(app, challenge) == 1


def test_the_challenge_survives_signing_in(app: Flask) -> None:
    challenge = number_of(posts(Visitor(app, "kari")))
    jonas = Visitor(app)
    assert jonas.posts("/havnvik/ideas", **IDEA, challenge=challenge).status_code == 303
    jonas.signs_in("jonas")
    form = jonas.gets("/havnvik/ideas/new").get_data(as_text=True)
    assert f'name="challenge" type="hidden" value="{challenge}"' in form


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"closes_at": now() - timedelta(minutes=1)}, "stengte"),
        ({"opens_at": now() + timedelta(days=2)}, "åpner"),
        ({"withdrawn_at": now()}, "er lukket"),
    ],
)
def test_a_closed_challenge_explains_itself_and_the_idea_can_stand_alone(
    app: Flask, values: dict[str, Any], said: str
) -> None:
    challenge = number_of(posts(Visitor(app, "kari")))
    change(app, challenge, **values)
    form = Visitor(app, "jonas").gets(f"/havnvik/ideas/new?challenge={challenge}")
    text = form.get_data(as_text=True)
    assert "tar ikke imot flere ideer" in text
    assert said in text
    assert 'name="challenge" type="hidden" value=""' in text


def test_closing_between_the_form_and_the_post_keeps_what_was_written(app: Flask) -> None:
    challenge = number_of(posts(Visitor(app, "kari")))
    jonas = Visitor(app, "jonas")
    change(app, challenge, closes_at=now() - timedelta(seconds=1))
    answer = jonas.posts("/havnvik/ideas", **IDEA, challenge=challenge, key="f" * 32)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 403
    assert IDEA["body"] in text
    assert "Du kan likevel publisere ideen" in text
    assert ideas_under(app, challenge) == 0
    # The form it came with publishes the idea without the challenge.
    assert jonas.posts("/havnvik/ideas", **IDEA, challenge="", key="f" * 32).status_code == 303


def test_one_of_another_town_a_hidden_one_and_none_are_the_same_error(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    foreign, hidden = number_of(posts(kari, "fjordvang")), number_of(posts(kari))
    change(app, hidden, hidden_at=now())
    said = set()
    for number in (foreign, hidden, kari.has_idea(), 999_999):
        assert jonas.gets(f"/havnvik/ideas/new?challenge={number}").status_code == 404
        answer = jonas.posts("/havnvik/ideas", **IDEA, challenge=number)
        assert answer.status_code == 422
        assert "Vi finner ikke utfordringen" in answer.get_data(as_text=True)
        said.add(IDEA["body"] in answer.get_data(as_text=True))
    assert said == {True}
