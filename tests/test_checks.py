"""`flask check` finds each thing that can go wrong, and is silent when nothing has."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text

from smartby.accounts.models import User
from smartby.comments.actions import add_comment
from smartby.contributions.actions import Content
from smartby.core.clock import now
from smartby.core.transaction import perform, transaction
from smartby.extensions import db
from smartby.ideas.actions import publish_idea
from smartby.municipalities.models import Municipality
from smartby.votes.actions import set_support
from tests.activities.voting import guests, votes, voting

CLEAN = "acked_lost=0 double_votes=0 counter_wrong=0 seq_gaps=0 over_budget=0 ledger=ok"


def run(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["check"])


def invariants(done: Result) -> str:
    lines = [line for line in done.stdout.splitlines() if "acked_lost" in line]
    assert len(lines) == 1
    return lines[0]


def breaks(app: Flask, *statements: str, **values: object) -> None:
    """Do by hand what no action does."""
    with app.app_context(), transaction():
        for statement in statements:
            assert db.session.execute(text(statement), values).rowcount != 0  # type: ignore[attr-defined]


@pytest.fixture
def lived_in(app: Flask) -> Flask:
    """An installation where an idea has been supported and commented."""
    with app.app_context():
        kari, jonas = (person(key) for key in ("kari", "jonas"))
        town = db.session.scalars(select(Municipality).filter_by(slug="havnvik")).one()
        written = Content("Lys på gangveien bak skolen", "Det er mørkt der.", "nb", (1,))
        idea = perform(publish_idea, town, written, by=kari)
        perform(set_support, idea, wanted=True, by=jonas)
        for stance in ("for", "question"):
            perform(add_comment, idea, body="Endelig.", stance=stance, parent=None, by=jonas)
    return app


def person(key: str) -> User:
    return db.session.scalars(select(User).filter_by(email=f"{key}@example.no")).one()


def test_nothing_is_wrong_with_what_people_have_done(lived_in: Flask) -> None:
    done = run(lived_in)
    assert done.exit_code == 0, done.output
    assert invariants(done) == CLEAN
    assert done.stderr == ""


COUNTERS = {
    "contribution": (
        "support_count", "comment_count", "for_count", "against_count", "question_count",
        "answer_count", "trending",
    ),
    "comment": ("useful_count", "reply_count"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "column"), [(table, name) for table, names in COUNTERS.items() for name in names]
)
def test_a_wrong_counter_is_found(lived_in: Flask, table: str, column: str) -> None:
    breaks(
        lived_in,
        f"UPDATE {table} SET {column} = {column} + 1 WHERE id = (SELECT min(id) FROM {table})",
    )
    done = run(lived_in)
    assert done.exit_code == 1
    assert re.search(r"counter_wrong=[12] ", invariants(done))
    assert column in done.stderr


def test_a_counter_that_forgot_what_is_there_is_found(lived_in: Flask) -> None:
    breaks(lived_in, "DELETE FROM support")
    assert "there are 0" in run(lived_in).stderr


@pytest.mark.parametrize(
    ("table", "said"),
    [("facet_count", "ideas of municipality 1 under all 0: 2 counted, there are 1"),
     ("search_word", "word gangvei of municipality 1: 3 counted, there are 2")],
)  # fmt: skip
def test_a_wrong_count_of_what_can_be_found_is_found(
    lived_in: Flask, table: str, said: str
) -> None:
    breaks(lived_in, f"UPDATE {table} SET count = count + 1 WHERE municipality_id = 1")
    done = run(lived_in)
    assert done.exit_code == 1
    assert said in done.stderr


def test_a_challenge_that_counts_wrongly_is_found(lived_in: Flask) -> None:
    breaks(
        lived_in,
        "INSERT INTO challenge (id, question, idea_count) SELECT id, '', 7 FROM contribution",
    )
    assert "idea_count 7, there are 0" in run(lived_in).stderr


def test_a_code_beyond_its_counter_is_found(lived_in: Flask) -> None:
    breaks(lived_in, "UPDATE code_counter SET last = 0")
    done = run(lived_in)
    assert done.exit_code == 1
    assert "counter_wrong=1 " in invariants(done)


@pytest.fixture
def without_referee(lived_in: Flask, database: str) -> Iterator[Flask]:
    """A database whose votes have lost their primary key."""
    if database == "postgresql":
        breaks(lived_in, "ALTER TABLE support DROP CONSTRAINT pk_support")
    else:
        breaks(
            lived_in,
            "CREATE TABLE loose AS SELECT * FROM support",
            "DROP TABLE support",
            "ALTER TABLE loose RENAME TO support",
        )
    yield lived_in
    if database == "postgresql":
        breaks(
            lived_in,
            "DELETE FROM support",
            "ALTER TABLE support ADD CONSTRAINT pk_support PRIMARY KEY (contribution_id, user_id)",
        )


def test_a_double_vote_is_found(without_referee: Flask) -> None:
    breaks(without_referee, "INSERT INTO support SELECT * FROM support")
    done = run(without_referee)
    assert done.exit_code == 1
    assert "double_votes=1 " in invariants(done)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM outbox WHERE stream LIKE 'contribution:%' AND seq = 2",
        "UPDATE stream SET seq = seq + 1 WHERE name LIKE 'contribution:%'",
        "DELETE FROM stream WHERE name LIKE 'contribution:%'",
        "DELETE FROM outbox WHERE stream LIKE 'contribution:%' AND seq ="
        " (SELECT max(seq) FROM outbox WHERE stream LIKE 'contribution:%')",
    ],
    ids=["hole", "ahead", "unnumbered", "tail"],
)
def test_a_gap_in_a_stream_is_found(lived_in: Flask, statement: str) -> None:
    breaks(lived_in, statement)
    done = run(lived_in)
    assert done.exit_code == 1
    assert "seq_gaps=1 " in invariants(done)


def test_trimming_the_oldest_is_no_gap(lived_in: Flask) -> None:
    breaks(lived_in, "DELETE FROM outbox WHERE seq = 1", "DELETE FROM outbox WHERE seq = 2")
    assert run(lived_in).exit_code == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET to_value = 'HVN-2020-0001' WHERE type = 'idea.published'",
        "DELETE FROM ledger_entry WHERE type = 'idea.published'",
        "DELETE FROM ledger_head",
    ],
    ids=["changed", "removed", "headless"],
)
def test_a_broken_chain_is_found(lived_in: Flask, statement: str) -> None:
    breaks(lived_in, statement)
    done = run(lived_in)
    assert done.exit_code == 1
    assert invariants(done).endswith("ledger=broken")


def test_another_towns_stage_is_found(lived_in: Flask) -> None:
    breaks(
        lived_in,
        "UPDATE contribution SET stage_id = (SELECT min(s.id) FROM stage s"
        " WHERE s.municipality_id <> contribution.municipality_id)",
    )
    done = run(lived_in)
    assert done.exit_code == 1
    assert "another town's stage" in done.stderr


def test_a_comment_that_strayed_is_found(lived_in: Flask) -> None:
    breaks(
        lived_in,
        "UPDATE comment SET municipality_id = (SELECT max(id) FROM municipality)"
        " WHERE id = (SELECT min(id) FROM comment)",
    )
    assert "comment in another town" in run(lived_in).stderr


def test_an_answer_by_another_towns_unit_is_found(lived_in: Flask) -> None:
    breaks(
        lived_in,
        "INSERT INTO answer (municipality_id, contribution_id, unit_id, signed_by_id, signer_title,"
        " body, body_html, lang, created_at) SELECT c.municipality_id, c.id, u.id, c.author_id, '',"
        " '', '', 'nb', :now FROM contribution c"
        " JOIN unit u ON u.municipality_id <> c.municipality_id",
        now=now(),
    )
    assert "another town's unit" in run(lived_in).stderr


def test_many_differences_are_counted_but_not_all_told(lived_in: Flask) -> None:
    breaks(
        lived_in,
        "INSERT INTO outbox (stream, seq, type, payload, created_at)"
        " SELECT 'lost:' || u.id || ':' || m.id, 1, 'x', '{}', :now"
        " FROM user_account u CROSS JOIN municipality m LIMIT 18",
        "INSERT INTO outbox (stream, seq, type, payload, created_at)"
        " SELECT stream || '+', 1, 'x', '{}', :now FROM outbox WHERE stream LIKE 'lost:%'",
        now=now(),
    )
    done = run(lived_in)
    assert "and 16 more" in done.stderr
    assert "seq_gaps=36 " in invariants(done)


def test_dots_that_nobody_was_given_are_found(app: Flask) -> None:
    _fatima, number = voting(app, "dots")
    aud, bo = guests(app, number, 2)
    votes(aud, number, "option:1=2")
    votes(bo, number, "blank=1")
    assert invariants(run(app)) == CLEAN
    breaks(app, "UPDATE vote SET value = 3")
    done = run(app)
    assert done.exit_code == 1 and "over_budget=1 " in invariants(done)
    assert "has 3 dots laid and 1 left, of 3" in done.stderr
