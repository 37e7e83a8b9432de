"""Roles: who has them, how one is invited to them by mail, and how they end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.core import clock
from smartby.core.mail import Mail
from smartby.extensions import db
from smartby.municipalities.models import Invitation, Member
from tests.municipalities.test_settings import types
from tests.people import Visitor, user_id


def invited(app: Flask, by: Visitor, email: str = "kari@example.no", **fields: str) -> str:
    """Invite somebody to Havnvik; return the path in the mail."""
    values = {"email": email, "role": "moderator", "title": "rådgiver", "unit_id": "0", **fields}
    sent = by.posts("/havnvik/members/invitations", **values)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return mailed_path(app, email)


def mailed_path(app: Flask, email: str) -> str:
    with app.app_context():
        mail = db.session.scalars(
            select(Mail).where(Mail.to == email.lower()).order_by(Mail.id)
        ).all()[-1]
        found = re.search(r"http://localhost(/\S+)", mail.body)
        stored = db.session.scalars(select(Invitation.token_hash)).all()
    assert found
    assert found[1].rsplit("/", 1)[-1] not in stored  # only a hash is kept
    return found[1]


def roles(app: Flask, key: str) -> list[tuple[str, str]]:
    person = user_id(app, key)
    with app.app_context():
        rows = db.session.scalars(select(Member).where(Member.user_id == person))
        return [(row.role, row.title) for row in rows]


def member_id(app: Flask, key: str) -> int:
    person = user_id(app, key)
    with app.app_context():
        found = db.session.scalar(select(Member.id).where(Member.user_id == person))
    assert found is not None
    return found


def test_an_invited_person_takes_the_role_once(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    path = invited(app, hanne)
    assert "kari@example.no" in hanne.gets("/havnvik/members").get_data(as_text=True)
    kari = Visitor(app, "kari")
    assert "Bli moderator i Havnvik" in kari.gets(path).get_data(as_text=True)
    assert roles(app, "kari") == []  # reading the link gives nothing
    assert kari.posts(path).status_code == 303
    assert roles(app, "kari") == [("moderator", "rådgiver")]
    assert kari.gets("/havnvik/settings").status_code == 403
    assert types(app)[-2:] == ["role.offered", "role.given"]
    assert kari.gets(path).status_code == 410
    assert kari.posts(path).status_code == 410


def test_one_who_is_not_signed_in_is_shown_the_way(app: Flask) -> None:
    path = invited(app, Visitor(app, "hanne"))
    stranger = Visitor(app)
    page = stranger.gets(path)
    assert page.status_code == 200
    assert f"/sign-in?next={path}" in page.get_data(as_text=True)
    assert stranger.posts(path).status_code in (302, 401)
    assert "kari@example.no" not in page.get_data(as_text=True)


def test_only_the_invited_address_takes_the_role(app: Flask) -> None:
    path = invited(app, Visitor(app, "hanne"), "Kari@Example.no")
    jonas = Visitor(app, "jonas")
    page = jonas.gets(path).get_data(as_text=True)
    assert "en annen e-postadresse enn jonas@example.no" in page
    assert "kari@example.no" not in page
    assert "Ta imot rollen" not in page
    for fields in ({}, {"confirmed": "y"}):
        refused = jonas.posts(path, **fields)
        assert refused.status_code == 403
        assert "en annen e-postadresse" in refused.get_data(as_text=True)
    assert roles(app, "jonas") == []
    # What the page says to do works: out, in with the other account, and the role is taken.
    assert jonas.posts("/sign-out", next=path).location == path
    jonas.signs_in("kari")
    assert jonas.posts(path).status_code == 303
    assert roles(app, "kari") == [("moderator", "rådgiver")]


def test_an_invitation_is_bound_to_its_town(app: Flask) -> None:
    path = invited(app, Visitor(app, "hanne"))
    kari = Visitor(app, "kari")
    other = path.replace("/havnvik/", "/fjordvang/")
    assert kari.gets(other).status_code == 404
    assert kari.posts(other).status_code == 404
    assert kari.gets("/havnvik/invitations/made-up").status_code == 404


def test_an_invitation_ends_after_fourteen_days(app: Flask) -> None:
    path = invited(app, Visitor(app, "hanne"))
    kari = Visitor(app)
    clock.set_offset(timedelta(days=13, hours=23).total_seconds())
    assert kari.gets(path).status_code == 200
    clock.set_offset(timedelta(days=14, minutes=1).total_seconds())
    assert kari.gets(path).status_code == 410


def test_an_invitation_can_be_taken_back(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    path = invited(app, hanne)
    with app.app_context():
        number = db.session.scalar(select(Invitation.id))
    withdrawal = f"/havnvik/members/invitations/{number}/withdrawal"
    assert Visitor(app, "ingrid").posts(withdrawal).status_code == 403
    assert Visitor(app, "gro").posts(withdrawal.replace("havnvik", "fjordvang")).status_code == 404
    assert hanne.posts(withdrawal).status_code == 303
    assert types(app)[-1] == "role.offer_withdrawn"
    assert Visitor(app, "kari").posts(path).status_code == 410


def test_a_new_invitation_replaces_the_earlier(app: Flask) -> None:
    hanne, kari = Visitor(app, "hanne"), Visitor(app, "kari")
    first, second = invited(app, hanne), invited(app, hanne)
    assert kari.posts(first).status_code == 410
    assert kari.posts(second).status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [{"email": "nei"}, {"email": ""}, {"role": "citizen"}, {"role": "king"}, {"unit_id": "9999"}],
)
def test_an_invitation_that_cannot_be_sent_keeps_what_was_typed(
    app: Flask, wrong: dict[str, str]
) -> None:
    fields = {"email": "ny@example.no", "role": "moderator", "title": "Skogvokter", "unit_id": "0"}
    answer = Visitor(app, "hanne").posts("/havnvik/members/invitations", **{**fields, **wrong})
    assert answer.status_code == 422
    assert "Skogvokter" in answer.get_data(as_text=True)


def test_a_double_press_sends_one_mail(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    fields = {"email": "ny@example.no", "role": "moderator", "unit_id": "0", "key": "a" * 32}
    for _ in range(2):
        assert hanne.posts("/havnvik/members/invitations", **fields).status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(Mail)).all()) == 1


@pytest.mark.parametrize("key", ["kari", "ingrid", "gro"])
def test_only_administrators_give_and_take_roles(app: Flask, key: str) -> None:
    visitor, number = Visitor(app, key), member_id(app, "amir")
    fields = {"email": "venn@example.no", "role": "administrator", "unit_id": "0"}
    assert visitor.posts("/havnvik/members/invitations", **fields).status_code == 403
    assert visitor.posts(f"/havnvik/members/{number}", title="Sjef", unit_id="0").status_code == 403
    assert visitor.posts(f"/havnvik/members/{number}/removal").status_code == 403
    foreign = f"/fjordvang/members/{number}"
    assert Visitor(app, "gro").posts(foreign, title="Sjef", unit_id="0").status_code == 404
    assert Visitor(app, "gro").posts(f"{foreign}/removal").status_code == 404
    assert roles(app, "amir") == [("moderator", "rådgiver")]


def test_title_and_unit_are_changed(app: Flask) -> None:
    hanne, number = Visitor(app, "hanne"), member_id(app, "amir")
    changed = hanne.posts(f"/havnvik/members/{number}", title="seksjonsleder", unit_id="0")
    assert changed.status_code == 303
    assert roles(app, "amir") == [("moderator", "seksjonsleder")]
    assert types(app)[-1] == "role.changed"
    too_long = hanne.posts(f"/havnvik/members/{number}", title="a" * 81, unit_id="0")
    assert too_long.status_code == 422


def test_a_role_that_is_taken_is_gone_at_once(app: Flask) -> None:
    hanne, amir = Visitor(app, "hanne"), Visitor(app, "amir")
    assert amir.gets("/havnvik/board").status_code == 200
    number = member_id(app, "amir")
    assert hanne.posts(f"/havnvik/members/{number}/removal").status_code == 303
    assert roles(app, "amir") == []
    assert types(app)[-1] == "role.taken"
    assert amir.gets("/havnvik/board").status_code != 200


def test_the_last_administrator_stays(app: Flask) -> None:
    hanne, number = Visitor(app, "hanne"), member_id(app, "hanne")
    assert hanne.posts(f"/havnvik/members/{number}/removal").status_code == 303
    assert "minst én administrator" in hanne.gets("/havnvik/members").get_data(as_text=True)
    kari = Visitor(app, "kari")
    kari.posts(invited(app, hanne, role="administrator"))
    assert kari.posts(f"/havnvik/members/{number}/removal").status_code == 303
    assert roles(app, "hanne") == []
    assert hanne.gets("/havnvik/members").status_code == 403
