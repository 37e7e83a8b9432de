"""Contributions that tests plant by the real actions, without a form for each."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.challenges.models import Challenge
from smartby.comments.actions import add_comment
from smartby.contributions.actions import Content, edit, hide, publish, withdraw
from smartby.contributions.models import Contribution
from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.ideas.actions import publish_idea
from smartby.municipalities.models import Municipality
from smartby.pipeline.actions import advance
from smartby.pipeline.queries import pipeline_of
from smartby.votes.actions import set_support

BODY = "Det er mange som går her hver dag, og ingen har gjort noe med det."


def person(key: str) -> User:
    return db.session.scalars(select(User).filter_by(email=f"{key}@example.no")).one()


def town(slug: str = "havnvik") -> Municipality:
    return db.session.scalars(select(Municipality).filter_by(slug=slug)).one()


def content(title: str, body: str = BODY, **rest: Any) -> Content:
    return Content(title, body, rest.pop("lang", "nb"), rest.pop("principles", (1,)), **rest)


def idea(app: Flask, title: str, body: str = BODY, *, slug: str = "havnvik", **rest: Any) -> int:
    """Publish an idea of Kari's; return its number."""
    asked = rest.pop("challenge", None)
    with app.app_context():
        challenge = db.session.get_one(Challenge, asked) if asked else None
        written = content(title, body, **rest)
        made = perform(publish_idea, town(slug), written, challenge=challenge, by=person("kari"))
        return made.id


def challenge(
    app: Flask, title: str, *, slug: str = "havnvik", question: str = "", **times: Any
) -> int:
    """Publish a challenge; return its number."""

    def ask() -> Challenge:
        made = Challenge(question=question, **times)
        publish(made, town(slug), content(title, "Vi vil høre fra deg."), person("ingrid"))
        return made

    with app.app_context():
        return perform(ask).id


def supported(app: Flask, number: int, *keys: str) -> None:
    with app.app_context():
        for key in keys:
            subject = db.session.get_one(Contribution, number)
            perform(set_support, subject, wanted=True, by=person(key))


def commented(app: Flask, number: int, times: int = 1) -> None:
    with app.app_context():
        for _ in range(times):
            subject, by = db.session.get_one(Contribution, number), person("jonas")
            perform(add_comment, subject, body="Bra tenkt.", stance=None, parent=None, by=by)


def moved(app: Flask, number: int, *keys: str) -> None:
    with app.app_context():
        for key in keys:
            subject = db.session.get_one(Contribution, number)
            target = pipeline_of(subject.municipality_id).by_key(key)
            assert target is not None
            assert subject.stage_id is not None
            seen, reason = subject.stage_id, "En grunn som alle kan lese."
            perform(
                advance, subject, to_id=target.id, seen_id=seen, reason=reason, by=person("hanne")
            )


def hidden(app: Flask, number: int, *, back: bool = False) -> None:
    with app.app_context():
        subject = db.session.get_one(Contribution, number)
        perform(hide, subject, hidden=not back, reason="Personopplysninger.", by=person("ingrid"))


def withdrawn(app: Flask, number: int) -> None:
    with app.app_context():
        subject = db.session.get_one(Contribution, number)
        perform(withdraw, subject, reason="Løst på annen måte.", by=person("kari"))


def edited(app: Flask, number: int, title: str, body: str = BODY, **rest: Any) -> None:
    with app.app_context():
        subject = db.session.get_one(Contribution, number)
        written = content(title, body, **rest)
        perform(edit, subject, written, rule="ideas.edit", seen=subject.version, by=person("kari"))
