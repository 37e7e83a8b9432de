"""Support: one each, the wanted value, taken back while open; exact when many come at once."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import func, select

from smartby.contributions.models import Contribution
from smartby.extensions import db
from smartby.votes.models import Support
from tests.people import ORIGIN, PASSWORD, PEOPLE, Visitor
from tests.pipeline.board import REASON, move, stages
from tests.races import assert_books_are_right, at_once
from tests.statements import counted

JSON = {"Accept": "application/json"}


def supports(visitor: Visitor, number: int, wanted: str = "yes", **fields: Any) -> Any:
    path = f"/{fields.pop('town', 'havnvik')}/contributions/{number}/support"
    return visitor.posts(path, headers=JSON, wanted=wanted, **fields)


def raw(visitor: Visitor, number: int, token: str, wanted: str = "yes") -> Any:
    """Send it as fast as can be: nothing is read before."""
    return visitor.client.post(
        f"/havnvik/contributions/{number}/support",
        data={"csrf_token": token, "wanted": wanted},
        headers={"Origin": ORIGIN, **JSON},
    )


def count(app: Flask, number: int) -> tuple[int, int]:
    """Return the stored count and the number of rows."""
    rows = select(func.count()).where(Support.contribution_id == number)
    with app.app_context():
        stored = db.session.get_one(Contribution, number).support_count
        return stored, db.session.scalar(rows) or 0


def test_support_is_given_and_taken_back_as_wanted(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = kari.has_idea()
    for _twice in range(2):
        state = supports(jonas, number).get_json()
        assert (state["supported"], state["support"]) == (True, 1)
    for _twice in range(2):
        state = supports(jonas, number, "no").get_json()
        assert (state["supported"], state["support"]) == (False, 0)
    assert count(app, number) == (0, 0)
    for wanted in ("", "maybe", "1"):
        assert supports(jonas, number, wanted).status_code == 422


def test_a_plain_press_comes_back_to_the_page_it_was_on(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    path = f"/havnvik/contributions/{number}/support"
    answer = kari.posts(path, wanted="yes", next="/havnvik/ideas?sort=newest")
    assert (answer.status_code, answer.location) == (303, "/havnvik/ideas?sort=newest")
    assert kari.posts(path, wanted="no").location == f"/havnvik/ideas/{number}"
    assert kari.posts(path, wanted="yes", next="//evil.example").location.startswith("/havnvik/")


def test_ones_own_support_shows_on_page_and_list_and_only_to_oneself(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = kari.has_idea()
    supports(jonas, number)
    pressed = re.compile(rf'aria-pressed="true"\s+data-press="supports-{number}"')
    html = jonas.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert len(pressed.findall(html)) == 2  # beside the idea, and within reach on phones
    for visitor in (kari, Visitor(app)):
        html = visitor.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
        assert not pressed.search(html)


def test_a_press_before_signing_in_is_support_after_it_and_is_never_undone(app: Flask) -> None:
    number = Visitor(app, "jonas").has_idea()
    path, home = f"/havnvik/contributions/{number}/support", f"/havnvik/ideas/{number}"
    for said in ("Du støtter nå ideen.", "Du støtter allerede denne ideen."):
        kari = Visitor(app)
        asked = kari.gets(f"{path}?wanted=yes&next={home}")
        page = kari.gets(asked.location).get_data(as_text=True)
        assert "Logg inn for å støtte «Lys på gangveien bak skolen»." in page
        going = parse_qs(urlsplit(asked.location).query)["next"][0]
        assert f'<input type="hidden" name="next" value="{escape(going)}">' in page
        signed = kari.posts("/sign-in", email="kari@example.no", password=PASSWORD, next=going)
        assert signed.location == home
        html = kari.gets(home).get_data(as_text=True)
        assert said in html
        assert 'aria-pressed="true"' in html
        assert count(app, number) == (1, 1)
    again = kari.gets(f"{path}?wanted=yes")
    assert (again.status_code, again.location) == (303, home)


@pytest.mark.parametrize("query", ["", "?wanted=no"])
def test_signing_in_on_the_way_there_gives_no_support_that_was_not_asked(
    app: Flask, query: str
) -> None:
    number = Visitor(app, "jonas").has_idea()
    going = f"/havnvik/contributions/{number}/support{query}"
    kari = Visitor(app)
    assert "for å støtte" not in kari.gets(f"/sign-in?next={going}").get_data(as_text=True)
    kari.posts("/sign-in", email="kari@example.no", password=PASSWORD, next=going)
    kari.gets(going)
    kari.gets(f"{going.partition('?')[0]}?wanted=yes")  # reading never writes
    assert count(app, number) == (0, 0)


def test_whoever_is_not_signed_in_is_asked_and_lands_on_the_press(app: Flask) -> None:
    number = Visitor(app, "jonas").has_idea()
    kari = Visitor(app)
    path = f"/havnvik/contributions/{number}/support"
    asked = kari.gets(f"{path}?wanted=yes&next=/havnvik/ideas")
    assert asked.status_code == 302
    assert "/sign-in?next=" in asked.location
    assert supports(kari, number).status_code == 401
    signed = kari.posts("/sign-in", email="kari@example.no", password=PASSWORD, next=path)
    html = kari.gets(signed.location).get_data(as_text=True)
    assert 'name="wanted" value="yes"' in html
    key = re.search(r'name="key" value="([^"]+)"', html)
    assert key
    for _twice in range(2):
        assert kari.posts(path, wanted="yes", key=key[1]).status_code == 303
    assert count(app, number) == (1, 1)


def test_a_stage_that_takes_no_support_says_so_and_keeps_what_was_given(app: Flask) -> None:
    kari, ids = Visitor(app, "kari"), stages(app)
    number = kari.has_idea()
    supports(kari, number)
    move(Visitor(app, "ingrid"), number, ids["not_pursued"], ids["received"], reason=REASON)
    for wanted in ("yes", "no"):
        answer = supports(kari, number, wanted)
        assert answer.status_code == 403
        assert answer.get_json()["message"].startswith("Støtten er stengt")
    html = kari.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert 'data-state="closed"' in html
    assert f'data-press="supports-{number}"' not in html
    assert count(app, number) == (1, 1)


@pytest.mark.parametrize("town", ["fjordvang", "havnvik"])
def test_in_another_town_and_nowhere_it_is_not_there(app: Flask, town: str) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea() if town == "fjordvang" else 999_999
    assert supports(kari, number, town=town).status_code == 404
    assert kari.gets(f"/{town}/contributions/{number}/support").status_code == 404


def test_support_takes_few_statements(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number, token = kari.has_idea(), kari.token()
    for wanted in ("yes", "no", "yes", "yes"):
        with counted(app) as statements:
            assert raw(kari, number, token, wanted).status_code == 200
        assert len(statements) <= 8, "\n".join(statements)


def test_fifty_presses_of_one_person_at_once_are_one_support(app: Flask) -> None:
    kari = Visitor(app, "kari")
    number, token = kari.has_idea(), kari.token()
    tabs = [Visitor(app) for _tab in range(50)]
    cookie = kari.client.get_cookie("smartby") or next(iter(kari.client._cookies.values()))
    for tab in tabs:
        tab.client.set_cookie(cookie.key, cookie.value)
    statuses = at_once([partial(raw, tab, number, token) for tab in tabs])
    assert set(statuses) == {200}
    assert count(app, number) == (1, 1)
    assert_books_are_right(app)


def test_many_people_at_once_are_counted_exactly(app: Flask) -> None:
    people = [Visitor(app, key) for key in PEOPLE]
    number = people[0].has_idea()
    tokens = [person.token() for person in people]
    for wanted, expected in (("yes", len(people)), ("no", 0), ("yes", len(people))):
        presses = [
            partial(raw, person, number, token, wanted)
            for person, token in zip(people, tokens, strict=True)
        ]
        assert set(at_once(presses)) == {200}
        assert count(app, number) == (expected, expected)
    assert_books_are_right(app)


def test_giving_and_taking_at_once_end_in_agreement(app: Flask) -> None:
    people = [Visitor(app, key) for key in ("kari", "jonas", "sunniva")]
    number = people[0].has_idea()
    presses = [
        partial(raw, person, number, person.token(), wanted)
        for person in people
        for wanted in ("yes", "no")
    ]
    assert set(at_once(presses)) == {200}
    stored, rows = count(app, number)
    assert stored == rows
    assert_books_are_right(app)


def test_who_presses_without_end_is_asked_to_wait(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = kari.has_idea()
    address, token = f"/havnvik/contributions/{number}/support", jonas.token()
    pressed = {jonas.posts(address, wanted="yes", csrf_token=token).status_code for _ in range(120)}
    assert pressed == {303}
    assert jonas.posts(address, wanted="no").status_code == 429
    # The limit is one person's, not everybody's behind the same address.
    assert kari.posts(address, wanted="yes").status_code == 303
