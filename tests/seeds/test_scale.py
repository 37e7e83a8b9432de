"""N times the demo, written in bulk: as valid as if it had happened, and all of it in the past."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from smartby.checks import differences
from smartby.contributions.actions import Content
from smartby.contributions.models import Contribution, SearchWord
from smartby.core.clock import now
from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.ideas.actions import publish_idea
from smartby.ledger.models import LedgerEntry
from smartby.ledger.verify import chains, verify
from smartby.seeds.scale import plant_many
from smartby.seeds.world import World
from tests.seeds import tiny
from tests.seeds.empty import emptied

TIMES = 400


@pytest.fixture
def grown(app: Flask) -> Iterator[World]:
    """A demo four hundred times as large."""
    emptied(app)
    with app.app_context():
        yield plant_many(tiny.content(), TIMES, say=lambda text: None)


def test_it_is_n_times_as_much_and_every_counter_is_right(grown: World) -> None:
    assert list(differences()) == []
    ideas = db.session.scalar(select(func.count()).where(Contribution.kind == "idea"))
    assert ideas == TIMES * 3
    supports = db.session.scalar(text("SELECT count(*) FROM support"))
    comments = db.session.scalar(text("SELECT count(*) FROM comment"))
    assert 7 * ideas < supports < 13 * ideas
    assert ideas < comments < 3 * ideas


def test_the_chains_hold_every_publication_and_move_in_order(grown: World) -> None:
    assert [list(verify(chain)) for chain in chains()] == [[], []]
    for chain in chains():
        rows = select(LedgerEntry.ts).where(LedgerEntry.municipality_id == chain)
        moments = db.session.scalars(rows.order_by(LedgerEntry.seq)).all()
        assert moments == sorted(moments)
        assert moments[-1] <= now()
    published = select(func.count()).where(LedgerEntry.type == "idea.published")
    assert db.session.scalar(published) == TIMES * 3


def test_ideas_stand_at_every_stage_since_their_last_move(grown: World) -> None:
    keys = db.session.scalars(
        text("SELECT DISTINCT s.key FROM contribution c JOIN stage s ON s.id = c.stage_id")
    ).all()
    assert len(keys) == 8
    moved = text(
        "SELECT count(*) FROM contribution c WHERE stage_since > published_at AND NOT EXISTS"
        " (SELECT 1 FROM ledger_entry e WHERE e.subject = 'contribution:' || c.id"
        " AND e.type = 'stage.moved')"
    )
    assert db.session.scalar(moved) == 0


def test_words_can_be_searched_and_corrected(grown: World) -> None:
    common = select(SearchWord.stem).order_by(SearchWord.count.desc()).limit(3)
    assert "benk" in db.session.scalars(common).all()


def test_life_goes_on_behind_the_ids_and_codes_that_were_given(grown: World) -> None:
    town, person = grown.towns["storvik"], grown.people["ola"]
    written = Content("En ny benk ved bekken", "Den gamle er råtten.", "nb", (1,))
    idea = perform(publish_idea, town, written, by=person)
    assert idea.id > TIMES * 3
    assert list(differences()) == []
