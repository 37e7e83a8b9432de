"""Opening doors: what seems a mistake is asked about, and a rehearsal stays one."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Run
from smartby.workshops.models import Workshop
from tests.facilitation.holding import held, run_of
from tests.outcomes.harvesting import announce, closes
from tests.people import Visitor
from tests.workshops.planning import adds, announced, planned, stored

DOORS = "/havnvik/workshops/{number}/doors"


def test_doors_that_open_early_or_unannounced_ask_first(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    adds(fatima, number, "Velkommen")
    answer = fatima.posts(DOORS.format(number=number))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "Åpne dørene nå?" in page
    assert "ikke kunngjort" in page and "Det begynner ikke før" in page
    with app.app_context():
        assert db.session.get(Run, number) is None
    assert fatima.posts(DOORS.format(number=number), sure="yes").status_code == 303
    assert fatima.gets(DOORS.format(number=number)).status_code == 303  # they are open already


def test_doors_open_at_once_on_the_day(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    soon(app, number, timedelta(hours=1))
    assert fatima.posts(DOORS.format(number=number)).status_code == 303
    assert run_of(app, number).code


def soon(app: Flask, number: int, until: timedelta) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Workshop, number).starts_at = now() + until


def test_a_rehearsal_is_never_announced_and_stands_apart(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    plan = planned(fatima)
    adds(fatima, plan, "Velkommen")
    console = fatima.posts(f"/havnvik/workshops/{plan}/rehearsal").location
    number = int(console.split("/")[-2])
    for _turn in range(2):
        page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
        assert "Kunngjør verkstedet" not in page and "Slett planen" in page
        answer = fatima.posts(f"/havnvik/workshops/{number}/announcement")
        assert answer.status_code == 422 and "Dette er en prøve" in answer.get_data(as_text=True)
        assert Visitor(app).gets(f"/havnvik/workshops/{number}").status_code == 404
        if run_of(app, number).closed_at is None:
            closes(fatima, number)
    page = fatima.gets("/havnvik/workshops").get_data(as_text=True)
    assert "1 prøve" in page and f'id="workshop-{plan}"' in page
    assert f'id="workshop-{number}"' not in page
    assert fatima.posts(f"/havnvik/workshops/{number}/removal").status_code == 303


def test_a_workshop_that_was_held_is_neither_cancelled_nor_changed(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    announce(app, number)
    cancel = f"/havnvik/workshops/{number}/cancellation"
    assert fatima.posts(cancel, reason="Det regner for mye").status_code == 422  # doors are open
    closes(fatima, number)
    assert fatima.posts(cancel, reason="Det regner for mye").status_code == 422
    assert stored(app, number).cancelled_at is None
    page = fatima.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    assert "planen ligger fast" in page and "Avlys verkstedet" not in page
    assert "Legg til et punkt" not in page and "Lag en kopi" in page
    assert adds(fatima, number, "Etterpå").status_code == 422
    assert "Høst ideer" in fatima.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)


def test_the_list_says_what_goes_on_now_and_what_is_over(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    coming, open_, over, late = (announced(fatima) for _turn in range(4))
    for number in (open_, over):
        assert fatima.posts(DOORS.format(number=number), sure="yes").status_code == 303
    assert fatima.posts(DOORS.format(number=late), sure="yes").status_code == 303
    soon(app, late, -timedelta(hours=3))  # its ten minutes are long gone, and people go on
    closes(fatima, over)
    page = Visitor(app).gets("/havnvik/workshops").get_data(as_text=True)
    before, after = page.split('id="past"')
    places = [before.index(f'id="workshop-{number}"') for number in (late, open_, coming)]
    assert places == sorted(places)
    assert before.count("I gang nå") == 2
    assert f'id="workshop-{over}"' in after and f'id="workshop-{over}"' not in before
    assert f'id="workshop-{late}"' not in after
