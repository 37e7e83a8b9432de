"""A demo with a past: planted once, consistent, dated before now, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, text

from smartby.accounts.models import User
from smartby.accounts.passwords import problem
from smartby.checks import differences
from smartby.comments.models import Comment
from smartby.contributions.models import Contribution
from smartby.core.clock import at, now
from smartby.core.mail import Mail
from smartby.core.models import Outbox
from smartby.extensions import db
from smartby.ledger.queries import timeline
from smartby.pipeline.queries import pipeline_of
from smartby.seeds import commands, demo
from smartby.seeds.world import PASSPHRASE
from smartby.votes.models import Support
from tests.seeds import tiny
from tests.seeds.empty import emptied


@pytest.fixture
def empty(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An installation without towns and people, whose demo is the tiny one."""
    monkeypatch.setattr(commands, "read", tiny.content)
    emptied(app)
    with app.app_context():
        yield app


def seed(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["seed", *arguments])


def idea(key: str) -> Contribution:
    title = f"%nummer {key}"
    return db.session.scalars(select(Contribution).where(Contribution.title.like(title))).one()


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_demo_is_consistent_and_tells_how_to_sign_in(empty: Flask) -> None:
    done = seed(empty, "--if-empty")
    assert done.exit_code == 0, done.output
    assert PASSPHRASE in done.stdout
    assert "  Mod Vik, moderator in Storvik, administrator in Storvik" in done.stdout
    assert list(differences()) == []
    assert (count(Contribution), count(Comment)) == (4, 5)
    assert 15 <= count(Support) <= 3 * 10  # nobody twice: ten accounts, three ideas


def test_a_second_time_nothing_is_planted_but_the_sign_ins_are_told_again(empty: Flask) -> None:
    first = seed(empty, "--if-empty")
    again = seed(empty, "--if-empty")
    assert again.exit_code == 0
    assert again.stdout == first.stdout
    assert count(Contribution) == 4
    refused = seed(empty)
    assert refused.exit_code == 1
    assert "empty database" in refused.stderr


def test_towns_that_are_no_demo_are_left_alone(app: Flask) -> None:
    done = seed(app, "--if-empty")
    assert done.exit_code == 0
    assert done.stdout.strip() == ""


def test_a_public_installation_gets_no_people_with_a_known_password(
    empty: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(empty.config, "SECURE", True)
    done = seed(empty, "--if-empty")
    assert done.exit_code == 1
    assert count(User) == 0


def test_the_pass_phrase_would_be_accepted_from_anybody() -> None:
    assert problem(PASSPHRASE, name="Kari Solheim", email="kari@demo.example") is None


def test_everything_happened_before_now_and_in_order(empty: Flask) -> None:
    demo.plant(tiny.content())
    a = idea("a")
    assert timedelta(days=59) < now() - a.published_at < timedelta(days=61)
    moments = [entry.ts for entry in reversed(timeline(f"contribution:{a.id}"))]
    assert moments == sorted(moments)
    assert len(moments) == 5  # published, three moves, an answer
    said = db.session.scalars(select(Comment.created_at).order_by(Comment.id)).all()
    assert max(said) < now()
    supports = db.session.scalars(select(Support.created_at)).all()
    assert a.published_at < min(supports)
    assert max(supports) <= now()


def test_where_an_idea_stands_is_dated_by_its_last_move(empty: Flask) -> None:
    demo.plant(tiny.content())
    a = idea("a")
    stage = pipeline_of(a.municipality_id).stage(a.stage_id)
    assert stage is not None
    assert stage.key == "piloting"
    assert timedelta(days=6) < now() - a.stage_since < timedelta(days=12)
    assert a.due_at is not None
    assert timedelta(days=100) < a.due_at - now() < timedelta(days=121)


def test_nobody_supports_what_takes_no_more_support(empty: Flask) -> None:
    demo.plant(tiny.content())
    b = idea("b")
    last = db.session.scalar(select(func.max(Support.created_at)).filter_by(contribution_id=b.id))
    assert last is not None
    assert last <= b.stage_since


def test_threads_hang_together(empty: Flask) -> None:
    demo.plant(tiny.content())
    root = db.session.scalars(select(Comment).where(Comment.reply_count > 0)).one()
    replies = db.session.scalars(
        select(Comment).where(Comment.root_id == root.id).order_by(Comment.id)
    ).all()
    assert [(reply.depth, reply.is_staff) for reply in replies] == [(1, True), (2, False)]
    assert root.useful_count == 3


def test_nobody_is_told_of_the_past(empty: Flask) -> None:
    demo.plant(tiny.content())
    assert (count(Outbox), count(Mail)) == (0, 0)


def test_the_clock_is_right_afterwards(empty: Flask) -> None:
    before = now()
    demo.plant(tiny.content())
    assert before <= now() < before + timedelta(minutes=2)


def test_the_same_moment_gives_the_same_demo(empty: Flask) -> None:
    moment = now()
    tellings = []
    for _ in range(2):
        with at(moment):
            demo.plant(tiny.content())
        tellings.append(_telling())
        db.session.rollback()
        emptied(empty)
    assert tellings[0] == tellings[1]


def _telling() -> list[tuple[Any, ...]]:
    questions = (
        "SELECT code, title, published_at, stage_since, support_count, trending FROM contribution",
        "SELECT u.email, s.created_at FROM support s JOIN user_account u ON u.id = s.user_id",
        "SELECT body, created_at, useful_count FROM comment",
        "SELECT ts, type, to_value FROM ledger_entry",
        "SELECT email, created_at FROM user_account",
    )
    return [tuple(sorted(map(str, db.session.execute(text(each))))) for each in questions]
