"""How the databases go about lists and searches: by an index in the order that is asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from smartby.contributions.listing import Shape, Sort, bound, statement
from smartby.contributions.search import question, terms_of
from smartby.core.keyset import Way
from smartby.core.pagination import Cursor
from smartby.core.transaction import transaction
from smartby.extensions import db
from tests.contributions import writing

SCOPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "stage": {"stages": 1},
    "challenge": {"challenge": True},
    "principle": {"principles": True},
    "goal": {"goals": True},
}
MANY = text(
    "INSERT INTO contribution (kind, code, title, excerpt, lang, place, author_id, principle_ids,"
    " goal_ids, support_count, comment_count, for_count, against_count, question_count,"
    " answer_count, trending, published_at, withdrawn_reason, hidden_reason, seq, version,"
    " created_at, municipality_id, stage_id, challenge_id)"
    " SELECT kind, 'X-' || :n, title, excerpt, lang, place, author_id, principle_ids, goal_ids,"
    " :n % 17, :n % 5, 0, 0, 0, 0, :n, published_at, '', '', 0, 1, created_at, municipality_id,"
    " CASE WHEN :n % 4 = 0 THEN stage_id END, CASE WHEN :n % 50 = 0 THEN challenge_id END"
    " FROM contribution WHERE id = :idea"
)
TEXTS = text(
    "INSERT INTO contribution_text (contribution_id, municipality_id, body, html, stems)"
    " SELECT id, municipality_id, '', '', CASE WHEN id % 20 = 0 THEN 'lys' ELSE 'benk' END"
    " FROM contribution c WHERE kind = 'idea' AND NOT EXISTS"
    " (SELECT 1 FROM contribution_text t WHERE t.contribution_id = c.id)"
)
TIE = text(
    "INSERT INTO contribution_principle (contribution_id, principle_id)"
    " SELECT id, 1 + id % 8 FROM contribution c WHERE kind = 'idea' AND NOT EXISTS"
    " (SELECT 1 FROM contribution_principle p WHERE p.contribution_id = c.id)"
)

WALK = Shape("idea", Sort.SUPPORTED, Way.FIRST, stages=2, principles=True)
IDEA = text(
    "SELECT municipality_id, stage_id, challenge_id FROM contribution"
    " WHERE kind = 'idea' ORDER BY id LIMIT 1"
)


@pytest.fixture
def full(app: Flask) -> Flask:
    """Four thousand ideas, so that a planner has a reason to use an index."""
    asked = writing.challenge(app, "Hvor mangler det lys?")
    idea = writing.idea(app, "Lys på gangveien i Lia", challenge=asked, goals=(11,))
    with app.app_context():
        with transaction():
            db.session.execute(MANY, [{"n": n, "idea": idea} for n in range(4_000)])
            db.session.execute(TEXTS)
            db.session.execute(TIE)
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect() as connection:
                connection.execute(text("ANALYZE"))
                connection.commit()
    return app


def plan(shape: Shape, words: str = "lys") -> str:
    """Ask the database how it goes about the statement that a list page sends."""
    row = db.session.execute(IDEA).one()
    asked = {
        "town": row.municipality_id, "stage": row.stage_id, "stages": [row.stage_id],
        "challenge": row.challenge_id, "principles": [1], "goals": [11],
        "words": question(terms_of(words), row.municipality_id, shape.searched),
    } | bound(shape, None if shape.way is Way.FIRST else Cursor(8.0, 2_000))  # fmt: skip
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, said: str, values: Any, *_rest: Any) -> None:
        sent.append((said, values))

    engine = db.engines["read"]
    event.listen(engine, "before_cursor_execute", note)
    db.session.execute(statement(shape), asked).all()
    event.remove(engine, "before_cursor_execute", note)
    [(said, values)] = sent
    explain = "EXPLAIN " if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(explain + said, values).all()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("scope", SCOPES)
def test_lists_are_read_along_an_index_in_their_order(full: Flask, scope: str, way: Way) -> None:
    with full.app_context():
        for sort in set(Sort) - {Sort.RELEVANT}:
            said = plan(Shape("idea", sort, way, **SCOPES[scope]))
            assert not re.search(r"SCAN contribution(?!_)|Seq Scan on contribution\b", said), said
            if db.engine.dialect.name == "sqlite":
                assert "ix_contribution_" in said
                # Only what has been cut to a page is sorted, to put the two parts together.
                before = [line for line, after in pairwise(said.split("\n")) if "TEMP" in after]
                assert all(line.startswith("SCAN anon") for line in before), said
                assert way is not Way.FIRST or not before, said


def test_what_few_have_is_gathered_and_is_the_same_as_what_a_walk_finds(full: Flask) -> None:
    with full.app_context():
        row = db.session.execute(IDEA).one()
        asked = {"town": row.municipality_id, "principles": [1, 2, 3, 4], "stages": [row[1]]}
        for way in Way:
            asked |= bound(WALK, None if way is Way.FIRST else Cursor(8.0, 2_000))
            walk, gather = (
                db.session.execute(statement(replace(WALK, way=way, gathered=name)), asked).all()
                for name in ("", "principle")
            )
            assert [each.id for each in walk] == [each.id for each in gather]
            assert len(walk) == 21
        said = plan(replace(WALK, goals=True, gathered="goal"))
        assert not re.search(r"SCAN contribution(?!_)|Seq Scan on contribution\b", said), said


@pytest.mark.parametrize("words", ["lys", "skolevei", "gatelys i Strandgata"])
def test_a_search_begins_at_the_index_of_words(full: Flask, words: str) -> None:
    with full.app_context():
        dialect = db.engine.dialect.name
        said = plan(Shape("idea", Sort.NEWEST, Way.FIRST, stages=1, searched=dialect), words)
    if dialect == "sqlite":
        assert re.search(r"SCAN contribution_fts VIRTUAL TABLE INDEX", said), said
        assert not re.search(r"SCAN contribution(?!_)", said), said
    else:
        assert "ix_contribution_text_" in said, said
