"""A town's front page: the question, figures that are true and live, and what came of ideas."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from smartby.accounts.models import User
from smartby.challenges.models import Challenge
from smartby.contributions.actions import Content, publish
from smartby.contributions.models import Contribution
from smartby.core import clock
from smartby.core.clock import now
from smartby.core.pump import pump
from smartby.core.transaction import perform
from smartby.extensions import db, socketio
from smartby.municipalities.models import Municipality, Unit
from smartby.pages import figures
from smartby.pipeline.actions import advance
from smartby.pipeline.queries import pipeline_of
from tests.people import ORIGIN, Visitor, user_id
from tests.statements import counted

REASON = "Dette er en begrunnelse som alle kan lese."


def town_id(app: Flask, slug: str = "havnvik") -> int:
    with app.app_context():
        found = db.session.scalar(select(Municipality.id).where(Municipality.slug == slug))
    assert found is not None
    return found


def moved(app: Flask, number: int, *keys: str) -> None:
    """Move an idea along the pipeline, as the town's administrator."""
    hanne = user_id(app, "hanne")
    for key in keys:
        with app.app_context():
            idea = db.session.get_one(Contribution, number)
            target = pipeline_of(idea.municipality_id).by_key(key)
            assert target is not None
            assert idea.stage_id is not None
            seen, by = idea.stage_id, db.session.get_one(User, hanne)
            perform(advance, idea, to_id=target.id, seen_id=seen, reason=REASON, by=by)


def realised(app: Flask, number: int) -> None:
    moved(app, number, "under_review", "exploring", "implementing", "realised")


def has_challenge(app: Flask, title: str, **times: Any) -> int:
    """Publish a challenge of Havnvik."""
    ingrid = user_id(app, "ingrid")

    def ask() -> Challenge:
        town = db.session.scalars(select(Municipality).where(Municipality.slug == "havnvik")).one()
        by = db.session.get_one(User, ingrid)
        challenge = Challenge(question="", **times)
        publish(challenge, town, Content(title, "Vi vil høre fra deg.", "nb", (1,)), by)
        return challenge

    with app.app_context():
        return perform(ask).id


def shown(page: str) -> dict[str, str]:
    return dict(re.findall(r'data-live="figure-(\w+)-\d+">([^<]+)<', page))


def test_an_empty_town_asks_for_the_first_idea(app: Flask) -> None:
    page = Visitor(app).gets("/havnvik/").get_data(as_text=True)
    assert 'action="/havnvik/ideas/new" method="post"' in page
    assert 'name="text"' in page
    assert "Ingen ideer her ennå. Skriv den første." in page
    assert shown(page) == {}
    assert "csrf_token" not in page


def test_the_figures_are_true(app: Flask) -> None:
    kari = Visitor(app, "kari")
    numbers = [kari.has_idea(f"Lys på gangvei nummer {n} i Lia") for n in range(4)]
    realised(app, numbers[0])
    moved(app, numbers[1], "under_review")
    moved(app, numbers[2], "not_pursued")
    page = Visitor(app).gets("/havnvik/").get_data(as_text=True)
    assert shown(page) == {"ideas": "4", "under_work": "1", "realised": "1", "in_time": "100\xa0%"}
    assert "Idé fra Kari Solheim, tatt i bruk" in page


def test_what_is_hidden_or_elsewhere_does_not_count(app: Flask) -> None:
    kari = Visitor(app, "kari")
    kept, hidden = kari.has_idea("Lys på gangveien i Lia"), kari.has_idea("Skjult idé om lys")
    kari.has_idea("Ein idé i ein annan kommune", town="fjordvang")
    with app.app_context():
        town, statement = town_id(app), update(Contribution).where(Contribution.id == hidden)
        perform(lambda: db.session.execute(statement.values(hidden_at=now())).rowcount)
        assert figures.figures_of(town).ideas == 1
    page = Visitor(app).gets("/havnvik/").get_data(as_text=True)
    assert f"card-{kept}" in page
    assert "Skjult idé om lys" not in page
    assert "ein annan kommune" not in page


def test_answered_in_time_counts_what_is_late(app: Flask) -> None:
    kari = Visitor(app, "kari")
    first, second, third = (kari.has_idea(f"Lys på gangvei nummer {n} i Lia") for n in range(3))
    moved(app, first, "under_review")
    clock.set_offset(timedelta(days=20).total_seconds())
    moved(app, second, "under_review")  # the deadline was 14 days
    fourth = Visitor(app, "kari").has_idea("En fersk idé som ennå har god tid")
    assert third < fourth  # the third still waits, beyond its deadline; the fourth has time left
    with app.app_context():
        in_time = figures.figures_of(town_id(app)).in_time
    assert in_time == pytest.approx(1 / 3)


def test_figures_change_on_open_pages(app: Flask) -> None:
    kari, reader, town = Visitor(app, "kari"), Visitor(app), town_id(app)
    kari.has_idea()
    page = reader.gets("/havnvik/").get_data(as_text=True)
    followed = re.search(r'data-streams="([^"]+)"', page)
    assert followed
    assert f"figures:{town}@1" in followed[1].split()
    socket = socketio.test_client(app, flask_test_client=reader.client, headers={"Origin": ORIGIN})
    socket.emit("follow", {"streams": [f"figures:{town}"], "lang": "nb"}, callback=True)
    kari.has_idea("Enda en idé om lys på gangveien")
    with app.app_context():
        pump.drain()
    batches = [m["args"][0] for m in socket.get_received() if m["name"] == "batch"]
    values = {op["target"]: op["value"] for batch in batches for op in batch["ops"]}
    assert values[f"figure-ideas-{town}"] == "2"
    caught = reader.gets(f"/live/figures:{town}?after=1&lang=nb").get_json()
    assert {op["target"]: op["value"] for op in caught["ops"]} == values


def test_nobody_follows_the_figures_of_no_town(app: Flask) -> None:
    for rest in ("999", "x", "", "-1", "99999999999"):
        assert Visitor(app).gets(f"/live/figures:{rest}?after=0&lang=nb").status_code == 404


def test_an_edit_of_principles_is_counted(app: Flask) -> None:
    number = Visitor(app, "kari").has_idea(principles=["1", "3"])
    page = Visitor(app).gets("/havnvik/").get_data(as_text=True)
    counts = re.findall(r'href="/havnvik/principles/(\d)".*?<small>(\d+) id', page, re.DOTALL)
    assert dict(counts) == {str(n): "1" if n in (1, 3) else "0" for n in range(1, 9)}
    assert number


def test_open_challenges_are_asked(app: Flask) -> None:
    day = timedelta(days=1)
    has_challenge(app, "Hva skal brannstasjonen bli?", closes_at=now() + day)
    has_challenge(app, "Åpner først neste uke for alle", opens_at=now() + 7 * day)
    has_challenge(app, "Var åpen til i går for alle", closes_at=now() - day)
    page = Visitor(app).gets("/havnvik/").get_data(as_text=True)
    assert "Hva skal brannstasjonen bli?" in page
    assert "Åpner først" not in page
    assert "Var åpen" not in page


def test_statements_do_not_grow_with_the_rows(app: Flask) -> None:
    kari, reader = Visitor(app, "kari"), Visitor(app)
    for n in range(4):
        number = kari.has_idea(f"Lys på gangvei nummer {n} i Lia")
        has_challenge(app, f"Hva gjør vi med bygg nummer {n}?")
        realised(app, kari.has_idea(f"Benker ved sjøen nummer {n}"))
    with counted(app) as few:
        assert reader.gets("/havnvik/").status_code == 200
    for n in range(4):
        kari.has_idea(f"Mer lys på gangvei nummer {n} i Lia", principles=["1", "2", "3"])
        realised(app, kari.has_idea(f"Flere benker ved sjøen nummer {n}"))
    with counted(app) as many:
        assert reader.gets("/havnvik/").status_code == 200
    with counted(app) as again:
        assert reader.gets("/havnvik/").status_code == 200
    assert number
    assert len(few) <= 9, few
    assert len(many) == len(few), many
    assert len(again) <= 7, again


def test_what_became_of_ideas_is_shown_page_by_page(app: Flask) -> None:
    kari = Visitor(app, "kari")
    assert "Ingen ideer er tatt i bruk" in kari.gets("/havnvik/results").get_data(as_text=True)
    for n in range(3):
        realised(app, kari.has_idea(f"Benker ved sjøen nummer {n}"))
    with app.app_context():
        columns = Contribution.__table__.c
        copies = [
            {
                **{c.name: getattr(row, c.name) for c in columns if c.name != "id"},
                "code": f"HVN-2026-9{n:03}",
                "title": f"Benk {n:03}",
                "stage_since": row.stage_since - timedelta(minutes=n // 2 + 1),
            }
            for row in [db.session.execute(select(columns)).first()]
            for n in range(40)
        ]
        insert = Contribution.__table__.insert()
        perform(lambda: db.session.execute(insert, copies).rowcount)
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 43
    seen: list[str] = []
    path: str | None = "/havnvik/results"
    with counted(app) as statements:
        while path:
            page = Visitor(app).gets(path).get_data(as_text=True)
            seen += re.findall(r'<a href="/havnvik/ideas/(\d+)">', page)
            more = re.search(r'href="(/havnvik/results\?after=[^"]+)"', page)
            path = more[1] if more else None
    assert len(seen) == len(set(seen)) == 43
    assert len(statements) <= 3 * 4
    assert Visitor(app).gets("/havnvik/results?after=tull").status_code == 422


def test_only_what_a_unit_asks_is_asked_by_the_municipality(app: Flask) -> None:
    with app.app_context():
        unit = db.session.scalars(
            select(Unit.id).where(Unit.municipality_id == town_id(app)).limit(1)
        ).one()
    has_challenge(app, "Kommunens eget spørsmål", unit_id=unit)
    has_challenge(app, "Innbyggerens eget spørsmål")
    page = Visitor(app).gets("/havnvik/").get_data(as_text=True)
    official, own = page.index(">Kommunen spør</h2>"), page.index(">Innbyggere spør</h2>")
    assert official < page.index("Kommunens eget spørsmål") < own
    assert own < page.index("Innbyggerens eget spørsmål")
    assert "Spør: Ingrid" in page[own:]
    assert page.count('data-from="citizen"') == 1
