"""Writing challenges: anybody's problem, the staff's call, times on an Oslo clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from smartby.challenges.models import Challenge
from smartby.contributions.models import Draft
from smartby.core.clock import now
from smartby.core.transaction import perform, transaction
from smartby.extensions import db
from smartby.municipalities.actions import take_role
from smartby.municipalities.models import Member, Municipality, Unit
from tests.people import PASSWORD, Visitor, user_id
from tests.statements import counted

PROBLEM = {
    "title": "For få sykler til jobb om vinteren",
    "body": "Mange vil sykle, men veiene er glatte og lite brøytet.",
    "question": "Hva skal til for at du sykler?",
    "principles": ["3"],
    "lang": "nb",
}


def posts(visitor: Visitor, town: str = "havnvik", **fields: Any) -> Any:
    return visitor.posts(f"/{town}/challenges", **PROBLEM | fields)


def number_of(answer: Any) -> int:
    assert answer.status_code == 303, answer.get_data(as_text=True)[:1500]
    return int(answer.location.rsplit("/", 1)[-1])


def stored(app: Flask, number: int) -> Challenge:
    with app.app_context():
        return db.session.get_one(Challenge, number)


def unit(app: Flask, slug: str = "havnvik") -> int:
    with app.app_context():
        query = (
            select(Unit.id).join(Municipality).where(Municipality.slug == slug).order_by(Unit.id)
        )
        return db.session.scalars(query).first() or 0


def how_many(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Challenge.id))) or 0


def test_anybody_may_post_a_problem(app: Flask) -> None:
    kari = Visitor(app, "kari")
    form = kari.gets("/havnvik/challenges/new").get_data(as_text=True)
    assert "Hva er utfordringen?" in form
    assert 'name="closes_on"' not in form
    challenge = stored(app, number_of(posts(kari)))
    assert (challenge.title, challenge.question) == (PROBLEM["title"], PROBLEM["question"])
    assert (challenge.stage_id, challenge.is_open(now())) == (None, True)


def test_owner_and_times_are_heard_only_from_the_staff(app: Flask) -> None:
    wanted = {"unit": str(unit(app)), "closes_on": "2030-06-01", "opens_on": "2029-06-01"}
    for who in ("kari", "fatima", "olav"):
        challenge = stored(app, number_of(posts(Visitor(app, who), **wanted)))
        assert (challenge.unit_id, challenge.opens_at, challenge.closes_at) == (None, None, None)
    challenge = stored(app, number_of(posts(Visitor(app, "ingrid"), **wanted)))
    assert challenge.unit_id == unit(app)
    assert challenge.opens_at == datetime(2029, 5, 31, 22, 0, tzinfo=UTC)
    assert challenge.closes_at == datetime(2030, 6, 1, 21, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        # Clocks go back at 03:00 on 25 October 2026: the day ends in winter time.
        ("2026-10-25", "", datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),
        ("2026-10-24", "", datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)),
        ("2026-10-25", "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # Forward at 02:00 on 28 March 2027.
        ("2027-03-28", "", datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC)),
        ("2027-03-27", "", datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC)),
        ("2027-03-28", "03:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_the_end_of_the_day_in_oslo_also_when_clocks_change(
    app: Flask, day: str, hour: str, moment: datetime
) -> None:
    with time_machine.travel("2026-10-01T10:00:00Z"):
        ingrid = Visitor(app, "ingrid")
        number = number_of(posts(ingrid, closes_on=day, closes_time=hour))
        assert stored(app, number).closes_at == moment
        form = ingrid.gets(f"/havnvik/challenges/{number}/edit").get_data(as_text=True)
        assert f'value="{day}"' in form
    assert stored(app, number).is_open(moment.replace(microsecond=0)) is False


@pytest.mark.parametrize("end", ["opens", "closes"])
def test_an_hour_that_never_comes_is_told_at_its_field(app: Flask, end: str) -> None:
    ingrid = Visitor(app, "ingrid")
    times = {f"{end}_on": "2027-03-28", f"{end}_time": "02:30", "title": "Kort"}
    with time_machine.travel("2027-03-01T10:00:00Z"):
        ingrid.signs_in("ingrid")
        answer = posts(ingrid, **times)
    assert answer.status_code == 422
    assert f'id="{end}_time-error"' in answer.text
    assert "Denne natta stilles klokka fra 02.00 til 03.00" in answer.text
    assert "mellom 10 og 120 tegn" in answer.text
    assert 'value="02:30"' in answer.text


def test_a_day_that_has_passed_is_told_together_with_everything_else(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    answer = posts(ingrid, title="Kort", closes_on="2020-01-01", unit="x")
    assert answer.status_code == 422
    assert "mellom 10 og 120 tegn" in answer.text
    assert "Siste dag er allerede over" in answer.text
    number = number_of(posts(ingrid, unit=str(unit(app))))
    wrong = PROBLEM | {
        "seen": "1",
        "title": "Kort",
        "opens_on": "2030-02-01",
        "closes_on": "2030-01-01",
    }
    edited = ingrid.posts(f"/havnvik/challenges/{number}", **wrong)
    assert edited.status_code == 422
    assert "mellom 10 og 120 tegn" in edited.text
    assert "etter dagen den åpner" in edited.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"closes_on": "2020-01-01"}, "allerede over"),
        ({"opens_on": "2030-02-01", "closes_on": "2030-01-01"}, "etter dagen den åpner"),
        ({"closes_on": "0001-01-01"}, "vår tid"),
        ({"closes_on": "9999-12-31"}, "vår tid"),
        ({"closes_on": "tomorrow"}, ""),
        ({"closes_time": "25:99"}, ""),
        ({"question": "x" * 201}, "høyst 200 tegn"),
        ({"unit": "999999"}, ""),
        ({"unit": "x"}, ""),
        ({"title": "Kort"}, "mellom 10 og 120"),
        ({"body": "a\x00b"}, "tegn som ikke kan lagres"),
        ({"principles": []}, "ett til tre"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_is_kept(
    app: Flask, wrong: dict[str, Any], said: str
) -> None:
    answer = posts(Visitor(app, "ingrid"), **wrong)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "ds-error-summary" in text
    assert said in text
    assert how_many(app) == 0


def test_a_unit_of_another_town_cannot_own_it(app: Flask) -> None:
    assert posts(Visitor(app, "ingrid"), unit=str(unit(app, "fjordvang"))).status_code == 422


def test_sending_twice_publishes_once_and_removes_the_draft(app: Flask) -> None:
    kari, key = Visitor(app, "kari"), "c" * 32
    saved = kari.posts(f"/havnvik/drafts/{key}", kind="challenge", **PROBLEM)
    assert saved.status_code == 200
    again = kari.gets(f"/havnvik/challenges/new?draft={key}").get_data(as_text=True)
    assert str(PROBLEM["question"]) in again
    assert kari.gets(f"/havnvik/ideas/new?draft={key}").status_code == 404
    assert len({number_of(posts(kari, key=key)) for _ in range(2)}) == 1
    assert how_many(app) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count(Draft.id))) == 0


def test_the_text_survives_signing_in(app: Flask) -> None:
    kari = Visitor(app)
    assert posts(kari).location == "/sign-in?next=/havnvik/challenges/new?send%3Dyes"
    kari.posts("/sign-in", email="kari@example.no", password=PASSWORD)
    text = kari.gets("/havnvik/challenges/new").get_data(as_text=True)
    assert str(PROBLEM["question"]) in text
    assert 'id="principles-2" checked' in text


def test_the_preview_publishes_nothing(app: Flask) -> None:
    answer = Visitor(app, "kari").posts(
        "/havnvik/challenges/preview", **PROBLEM | {"body": "**Glatt** vei."}
    )
    assert "<strong>Glatt</strong>" in answer.get_data(as_text=True)
    assert how_many(app) == 0


def test_its_author_changes_the_words_and_the_staff_their_call(app: Flask) -> None:
    kari, ingrid, amir = (Visitor(app, who) for who in ("kari", "ingrid", "amir"))
    problem = number_of(posts(kari))
    call = number_of(posts(ingrid, unit=str(unit(app)), closes_on="2030-06-01"))
    change = PROBLEM | {"seen": 1, "question": "Hva stopper deg?"}
    assert kari.posts(f"/havnvik/challenges/{problem}", **change).status_code == 303
    assert stored(app, problem).question == "Hva stopper deg?"
    longer = change | {"unit": str(unit(app)), "closes_on": "2031-06-01"}
    assert amir.posts(f"/havnvik/challenges/{call}", **longer).status_code == 303
    assert (stored(app, call).closes_at or now()).year == 2031
    # A person's own words are theirs, and the town's are the town's.
    assert amir.gets(f"/havnvik/challenges/{problem}/edit").status_code == 403
    assert amir.posts(f"/havnvik/challenges/{problem}", **change | {"seen": 2}).status_code == 403
    assert kari.gets(f"/havnvik/challenges/{call}/edit").status_code == 403
    assert kari.posts(f"/havnvik/challenges/{call}", **change | {"seen": 2}).status_code == 404


def test_the_towns_words_stay_with_the_town_when_somebody_leaves_the_office(app: Flask) -> None:
    ingrid, amir = Visitor(app, "ingrid"), Visitor(app, "amir")
    number = number_of(posts(ingrid, unit=str(unit(app))))
    withdrawal = f"/havnvik/contributions/{number}/withdrawal"
    assert ingrid.gets(withdrawal).status_code == 200
    leaves(app, "ingrid")
    ingrid.signs_in("ingrid")
    assert ingrid.gets(f"/havnvik/challenges/{number}/edit").status_code == 403
    changed = PROBLEM | {"title": "Noe helt annet enn kommunen spurte om", "seen": "1"}
    assert ingrid.posts(f"/havnvik/challenges/{number}", **changed).status_code == 403
    assert ingrid.posts(withdrawal, reason="Jeg har sluttet her.").status_code == 403
    assert stored(app, number).title == PROBLEM["title"]
    assert amir.posts(withdrawal, reason="Vi spør heller neste år.").status_code == 303
    assert stored(app, number).withdrawn_at is not None


def leaves(app: Flask, key: str) -> None:
    with app.app_context():
        member = db.session.scalars(select(Member).where(Member.user_id == user_id(app, key))).one()
        town = db.session.get_one(Municipality, member.municipality_id)
        perform(take_role, town, member)


def test_whoever_saves_second_sees_both_texts(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = number_of(posts(kari))
    change = PROBLEM | {"seen": 1}
    kari.posts(f"/havnvik/challenges/{number}", **change | {"body": "Brøyt sykkelveiene først."})
    late = kari.posts(f"/havnvik/challenges/{number}", **change | {"body": "Strø med sand."})
    assert late.status_code == 409
    assert "Strø med sand." in late.get_data(as_text=True)
    assert "Lagret nå" in late.get_data(as_text=True)


def test_another_towns_a_hidden_one_an_idea_and_none_look_the_same(app: Flask) -> None:
    kari = Visitor(app, "kari")
    foreign, hidden = number_of(posts(kari, "fjordvang")), number_of(posts(kari))
    with app.app_context(), transaction():
        db.session.get_one(Challenge, hidden).hidden_at = now()
    for number in (foreign, hidden, kari.has_idea(), 999_999):
        assert kari.gets(f"/havnvik/challenges/{number}/edit").status_code == 404
        answer = kari.posts(f"/havnvik/challenges/{number}", **PROBLEM | {"seen": 1})
        assert answer.status_code == 404


def test_the_form_costs_few_statements(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    ingrid.gets("/havnvik/challenges/new")
    with counted(app) as sent:
        ingrid.gets("/havnvik/challenges/new")
    assert len(sent) <= 8, sent
