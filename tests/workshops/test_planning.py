"""Planning workshops: who may, what is refused, what is kept, and the programme."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from smartby.core.clock import now, oslo
from tests.people import Visitor
from tests.workshops.planning import TITLE, adds, announced, plan, planned, stored


@pytest.mark.parametrize("who", ["fatima", "ingrid", "hanne"])
def test_facilitators_and_staff_plan_workshops(app: Flask, who: str) -> None:
    visitor = Visitor(app, who)
    number = planned(visitor)
    page = visitor.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert TITLE in page and "Kulturhuset, store sal" in page and "kl. 18.00" in page
    assert "Det er ikke kunngjort" in page


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("kari", 403), ("gro", 403)])
def test_nobody_else_does(app: Flask, who: str | None, status: int) -> None:
    answer = Visitor(app, who).posts("/havnvik/workshops", **plan())
    assert answer.status_code in (status, 401)


@pytest.mark.parametrize("who", [None, "kari", "gro"])
def test_a_plan_is_seen_by_planners_only(app: Flask, who: str | None) -> None:
    number, visitor = planned(Visitor(app, "fatima")), Visitor(app, who)
    for path in (f"/{number}", f"/{number}.ics"):
        assert visitor.gets(f"/havnvik/workshops{path}").status_code == 404
    assert TITLE not in visitor.gets("/havnvik/workshops").get_data(as_text=True)
    assert TITLE in Visitor(app, "ingrid").gets("/havnvik/workshops").get_data(as_text=True)


def test_a_workshop_is_not_found_in_another_town(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"))
    gro = Visitor(app, "gro")
    assert gro.gets(f"/fjordvang/workshops/{number}").status_code == 404
    assert gro.posts(f"/fjordvang/workshops/{number}/announcement").status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "Gi verkstedet et navn"),
        ({"day": "2020-01-01"}, "Tidspunktet er allerede passert"),
        ({"day": "0001-01-01"}, "Velg en dato i vår tid"),
        ({"day": "i morgen"}, "Velg en dag, for eksempel"),
        ({"time": "25:00"}, "Skriv klokkeslettet slik"),
        ({"day": "2090-03-26", "time": "02:30"}, "Denne natta stilles klokka"),
        ({"day": "2020-01-01", "title": ""}, "Tidspunktet er allerede passert"),
        ({"day": "2020-01-01", "title": ""}, "Gi verkstedet et navn"),
        ({"seats": "-3"}, "Skriv et tall mellom 1 og 2 500"),
        ({"seats": "mange"}, "Skriv et helt tall"),
        ({"challenge": "999999"}, "Velg en utfordring som finnes her."),
        ({"challenge": "-1"}, "Velg en utfordring som finnes her."),
    ],
)
def test_what_cannot_be_used_is_told_and_kept(
    app: Flask, fields: dict[str, str], said: str
) -> None:
    fatima = Visitor(app, "fatima")
    answer = fatima.posts("/havnvik/workshops", **plan(**fields))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page and "Brannstasjonen står tom" in page
    assert TITLE not in fatima.gets("/havnvik/workshops").get_data(as_text=True)


def test_sending_a_plan_twice_makes_one(app: Flask) -> None:
    fatima, form = Visitor(app, "fatima"), plan(key="a" * 32)
    first = fatima.posts("/havnvik/workshops", **form)
    again = fatima.posts("/havnvik/workshops", **form)
    assert first.location == again.location


def test_the_programme_is_built_and_moved_about(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for title, minutes in (("Pause", 15), ("Velkommen", 10), ("Hva mangler i sentrum?", 30)):
        assert adds(fatima, number, title, minutes).status_code == 303
    steps = _steps(fatima, number)
    assert [title for _id, title in steps] == ["Pause", "Velkommen", "Hva mangler i sentrum?"]
    path = f"/havnvik/workshops/{number}/programme/{steps[0][0]}"
    assert fatima.posts(f"{path}/place", place="3").status_code == 303
    steps = _steps(fatima, number)
    assert [title for _id, title in steps] == ["Velkommen", "Hva mangler i sentrum?", "Pause"]
    page = fatima.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert re.findall(r'sb-programme__time sb-num">([\d.]+)<', page) == ["18.00", "18.10", "18.40"]
    assert "18.00–18.55" in page
    assert fatima.posts(f"{path}/removal").status_code == 303
    assert stored(app, number).minutes == 40
    assert fatima.posts(f"{path}/removal").status_code == 404


def test_a_step_is_changed(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    adds(fatima, number, "Velkommen")
    path = f"/havnvik/workshops/{number}/programme/{_steps(fatima, number)[0][0]}"
    answer = fatima.posts(path, kind="break", title="Kaffe", minutes="5000")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Skriv et tall mellom 1 og 240." in page and 'value="5000"' in page
    assert fatima.posts(path, kind="break", title="Kaffe", minutes="20").status_code == 303
    assert "Kaffe" in fatima.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert stored(app, number).minutes == 20


def test_a_programme_has_an_end(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    for _ in range(3):
        assert adds(fatima, number, "En lang økt", 240).status_code == 303
    answer = adds(fatima, number, "Enda en økt", 1)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "lengre enn tolv timer" in page and 'value="Enda en økt"' in page
    assert stored(app, number).minutes == 720


@pytest.mark.parametrize("minutes", ["", "0", "-1", "1e9", "ti"])
def test_a_step_needs_its_minutes(app: Flask, minutes: str) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    path = f"/havnvik/workshops/{number}/programme"
    answer = fatima.posts(path, kind="talk", title="Velkommen", minutes=minutes)
    assert answer.status_code == 422
    assert 'value="Velkommen"' in answer.get_data(as_text=True)


def test_a_kind_that_is_none_is_refused(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    assert adds(fatima, number, "Velkommen", kind="seance").status_code == 422


def test_an_empty_programme_is_not_announced(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    answer = fatima.posts(f"/havnvik/workshops/{number}/announcement")
    assert answer.status_code == 422
    assert "Programmet er tomt." in answer.get_data(as_text=True)
    assert stored(app, number).announced_at is None


def test_an_announced_programme_is_not_emptied(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    path = f"/havnvik/workshops/{number}/programme/{_steps(fatima, number)[0][0]}/removal"
    answer = fatima.posts(path)
    assert answer.status_code == 422
    assert "programmet kan ikke være tomt" in answer.get_data(as_text=True)


def test_only_the_leader_and_administrators_change_a_workshop(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"))
    ingrid, hanne = Visitor(app, "ingrid"), Visitor(app, "hanne")
    for path in ("/edit", "/details", "/people"):
        assert ingrid.gets(f"/havnvik/workshops/{number}{path}").status_code == 403
        assert hanne.gets(f"/havnvik/workshops/{number}{path}").status_code == 200
    assert adds(ingrid, number, "Mitt punkt").status_code == 403


def test_whoever_saves_on_an_old_version_is_told(app: Flask) -> None:
    fatima, hanne = Visitor(app, "fatima"), Visitor(app, "hanne")
    number = planned(fatima)
    path = f"/havnvik/workshops/{number}"
    assert hanne.posts(path, **plan(place="Biblioteket", seen="1")).status_code == 303
    answer = fatima.posts(path, **plan(place="Rådhuset", seen="1"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Noen andre har endret verkstedet" in page and 'value="Rådhuset"' in page
    assert stored(app, number).place == "Biblioteket"
    assert 'name="seen" value="2"' in page
    assert fatima.posts(path, **plan(place="Rådhuset", seen="2")).status_code == 303


def test_a_plan_is_thrown_away_until_it_is_announced(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    path = f"/havnvik/workshops/{number}"
    assert fatima.posts(f"{path}/cancellation", reason="Vi ombestemte oss.").status_code == 422
    adds(fatima, number, "Velkommen")
    assert fatima.posts(f"{path}/removal").status_code == 303
    assert fatima.gets(path).status_code == 404
    kept = announced(fatima)
    assert fatima.posts(f"/havnvik/workshops/{kept}/removal").status_code == 422
    assert fatima.gets(f"/havnvik/workshops/{kept}").status_code == 200


def test_a_copy_keeps_the_hour_when_the_clocks_change(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    with time_machine.travel(datetime(2026, 10, 15, 10, tzinfo=UTC), tick=False):
        visitor = Visitor(app, "fatima")
        number = planned(visitor, day="2026-10-22", time="18:00")
        adds(visitor, number, "Velkommen")
        answer = visitor.posts(f"/havnvik/workshops/{number}/copy")
        copied = int(answer.location.split("/")[-2])
    workshop = stored(app, copied)
    assert oslo(workshop.starts_at).isoformat() == "2026-10-29T18:00:00+01:00"
    assert workshop.announced_at is None and workshop.minutes == 10
    assert [title for _id, title in _steps(fatima, copied)] == ["Velkommen"]


def test_the_list_tells_what_is_coming_and_what_was(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima)
    kari = Visitor(app, "kari")
    page = kari.gets("/havnvik/workshops").get_data(as_text=True)
    assert page.index("Kommer") < page.index(TITLE)
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        page = Visitor(app).gets("/havnvik/workshops").get_data(as_text=True)
        assert page.index("Har vært") < page.index(TITLE)
    starts = stored(app, number).starts_at
    with time_machine.travel(starts + timedelta(minutes=5), tick=False):
        page = Visitor(app).gets("/havnvik/workshops").get_data(as_text=True)
        assert "I gang nå" in page and "Har vært" not in page


def test_the_past_has_pages(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    for place in range(23):
        announced(fatima, title=f"Verksted nummer {place}")
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        visitor = Visitor(app)
        first = visitor.gets("/havnvik/workshops").get_data(as_text=True)
        following = re.search(r'href="(/havnvik/workshops\?after=[^"]+)"', first)
        assert following is not None
        second = visitor.gets(following[1]).get_data(as_text=True)
    titles = re.findall(r"Verksted nummer (\d+)<", first + second)
    assert sorted(map(int, titles)) == list(range(23))


def _steps(visitor: Visitor, number: int) -> list[tuple[str, str]]:
    page = visitor.gets(f"/havnvik/workshops/{number}/edit").get_data(as_text=True)
    found: list[tuple[str, str]] = re.findall(
        r'id="step-(\d+)".*?<strong[^>]*>([^<]+)</strong>', page, re.DOTALL
    )
    return found
