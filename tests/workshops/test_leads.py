"""Co-leaders and helpers: asked, answered, taken away, and who takes over."""

from __future__ import annotations

import re

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from smartby.accounts.models import User
from smartby.core.access import can
from smartby.core.mail import Mail
from smartby.core.transaction import perform
from smartby.extensions import db
from smartby.municipalities.actions import take_role
from smartby.municipalities.models import Member, Municipality
from smartby.my.actions import erase_account
from smartby.workshops.leads import trim_invitations
from smartby.workshops.models import HelperInvitation, Workshop, WorkshopLead
from tests.people import PASSWORD, Visitor, user_id
from tests.workshops.planning import TITLE, adds, announced, planned, stored


def gives(app: Flask, visitor: Visitor, number: int, who: str, role: str = "lead") -> int:
    """Let somebody stand beside the leader; return the status."""
    path = f"/havnvik/workshops/{number}/leads"
    return visitor.posts(path, user=str(user_id(app, who)), role=role).status_code


def asks(visitor: Visitor, number: int, email: str) -> int:
    """Ask an address to help; return the status."""
    path = f"/havnvik/workshops/{number}/helper-invitations"
    return visitor.posts(path, email=email).status_code


def test_a_co_leader_may_what_the_leader_may_but_hand_over(app: Flask) -> None:
    fatima, ingrid = Visitor(app, "fatima"), Visitor(app, "ingrid")
    number = announced(fatima)
    assert adds(ingrid, number, "Samtale").status_code == 403
    assert gives(app, fatima, number, "ingrid") == 303
    assert adds(ingrid, number, "Samtale").status_code == 303
    assert ingrid.gets(f"/havnvik/workshops/{number}/people").status_code == 200
    page = Visitor(app).gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "Fatima Ali, Ingrid Moe" in page
    answer = ingrid.posts(f"/havnvik/workshops/{number}/leader", leader=str(user_id(app, "ingrid")))
    assert answer.status_code == 403 and stored(app, number).leader_id == user_id(app, "fatima")
    assert _mails(app, "ingrid@example.no") == [f"Du er medleder: {TITLE}"]
    assert TITLE in ingrid.gets("/me").get_data(as_text=True)


def test_a_helper_sees_the_plan_and_helps_but_changes_nothing(app: Flask) -> None:
    fatima, amir = Visitor(app, "fatima"), Visitor(app, "amir")
    number = planned(fatima)
    gives(app, fatima, number, "amir", "helper")
    page = amir.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "Du hjelper til på verkstedet." in page
    assert "Amir" not in Visitor(app, "ingrid").gets(f"/havnvik/workshops/{number}").get_data(
        as_text=True
    )
    for path in ("edit", "people", "leads", "details"):
        assert amir.gets(f"/havnvik/workshops/{number}/{path}").status_code == 403
    assert adds(amir, number, "Samtale").status_code == 403
    assert _may(app, "amir", number) == {"workshops.help"}
    assert _may(app, "fatima", number) == {"workshops.help", "workshops.edit"}
    assert _may(app, "hanne", number) == {"workshops.help", "workshops.edit"}
    assert _may(app, "ingrid", number) == _may(app, "kari", number) == set()
    # When it is over there is nothing to help with, and nothing to call off.
    adds(fatima, number, "Samtale")
    fatima.posts(f"/havnvik/workshops/{number}/doors", sure="yes")
    fatima.posts(f"/havnvik/workshops/{number}/closing")
    page = amir.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "Du hjelper til" not in page and "Jeg kan ikke likevel" not in page


def test_whoever_loses_the_towns_trust_leads_no_more(app: Flask) -> None:
    fatima, ingrid = Visitor(app, "fatima"), Visitor(app, "ingrid")
    number = planned(fatima)
    gives(app, fatima, number, "ingrid")
    with app.app_context():
        member = db.session.scalars(
            select(Member).where(Member.user_id == user_id(app, "ingrid"))
        ).one()
        town = db.session.get_one(Municipality, member.municipality_id)
        perform(take_role, town, member)
    assert ingrid.gets(f"/havnvik/workshops/{number}/edit").status_code == 403


def test_only_the_towns_own_people_are_chosen(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    page = fatima.gets(f"/havnvik/workshops/{number}/leads").get_data(as_text=True)
    offered = re.findall(r'<option[^>]*value="\d+">([^<]+)<', page)
    assert set(offered) == {"Amir Hosseini", "Hanne Lunde", "Ingrid Moe"}
    for who in ("kari", "gro", "fatima"):
        assert gives(app, fatima, number, who) == 422
    assert gives(app, fatima, number, "ingrid", "owner") == 422
    assert gives(app, Visitor(app, "ingrid"), number, "ingrid") == 403
    assert gives(app, Visitor(app, "kari"), number, "ingrid") == 404
    assert _count(app, WorkshopLead) == 0


def test_a_role_is_changed_and_taken_away(app: Flask) -> None:
    fatima, ingrid = Visitor(app, "fatima"), Visitor(app, "ingrid")
    number = planned(fatima)
    gives(app, fatima, number, "ingrid")
    gives(app, fatima, number, "ingrid", "helper")
    gives(app, fatima, number, "ingrid", "helper")
    assert len(_mails(app, "ingrid@example.no")) == 2
    assert ingrid.gets(f"/havnvik/workshops/{number}/edit").status_code == 403
    gives(app, fatima, number, "amir", "helper")
    path = f"/havnvik/workshops/{number}/leads"
    # A helper may go, but not send others away.
    assert ingrid.posts(f"{path}/{user_id(app, 'amir')}/removal").status_code == 403
    assert ingrid.posts(f"{path}/{user_id(app, 'ingrid')}/removal").status_code == 303
    assert fatima.posts(f"{path}/{user_id(app, 'amir')}/removal").status_code == 303
    assert _count(app, WorkshopLead) == 0


def test_the_workshop_is_handed_over(app: Flask) -> None:
    fatima, ingrid = Visitor(app, "fatima"), Visitor(app, "ingrid")
    number = announced(fatima)
    gives(app, fatima, number, "ingrid", "helper")
    path = f"/havnvik/workshops/{number}/leader"
    assert fatima.posts(path, leader=str(user_id(app, "kari"))).status_code == 422
    assert fatima.posts(path, leader=str(user_id(app, "ingrid"))).status_code == 303
    assert stored(app, number).leader_id == user_id(app, "ingrid")
    assert adds(fatima, number, "Fortsatt med").status_code == 303
    assert fatima.posts(path, leader=str(user_id(app, "fatima"))).status_code == 403
    page = Visitor(app).gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "Ingrid Moe, Fatima Ali" in page
    assert _mails(app, "ingrid@example.no")[-1] == f"Du er leder: {TITLE}"
    assert ingrid.posts(path, leader=str(user_id(app, "hanne"))).status_code == 303


@pytest.mark.parametrize(("answer", "helps"), [("yes", True), ("no", False)])
def test_somebody_without_a_role_is_asked_and_answers(app: Flask, answer: str, helps: bool) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = planned(fatima)
    assert asks(fatima, number, "Kari@Example.no") == 303
    link = _link(app, "kari@example.no")
    assert TITLE in kari.gets(link).get_data(as_text=True)
    assert kari.gets(f"/havnvik/workshops/{number}").status_code == 404
    assert kari.posts(link, wanted=answer, key="c" * 32).status_code == 303
    assert kari.gets(link).status_code == 404
    expected = 200 if helps else 404
    assert kari.gets(f"/havnvik/workshops/{number}").status_code == expected
    assert _count(app, HelperInvitation) == 0 and _count(app, WorkshopLead) == int(helps)


def test_the_question_is_told_before_one_signs_in_and_nothing_of_the_workshop(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    asks(fatima, planned(fatima), "kari@example.no")
    link, stranger = _link(app, "kari@example.no"), Visitor(app)
    way = stranger.gets(link).location
    for path in (way, way.replace("/sign-in", "/sign-up")):
        page = stranger.gets(path).get_data(as_text=True)
        assert "svare på om du vil hjelpe til på et verksted" in page and TITLE not in page
    sent = {"email": "kari@example.no", "password": PASSWORD, "next": link}
    assert stranger.posts("/sign-in", **sent).location.endswith(link)
    page = stranger.gets(link).get_data(as_text=True)
    assert "Du ser programmet" in page and "planen" not in page.partition("<main")[2]


def test_an_invitation_is_for_the_address_alone(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    asks(fatima, number, "kari@example.no")
    link = _link(app, "kari@example.no")
    assert Visitor(app).gets(link).status_code == 302
    for who in ("jonas", "ingrid", "hanne"):
        visitor = Visitor(app, who)
        assert visitor.gets(link).status_code == 404
        assert visitor.posts(link, wanted="yes").status_code == 404
    kari = Visitor(app, "kari")
    assert kari.gets(link.replace("havnvik", "fjordvang")).status_code == 404
    (number_of,) = re.findall(r"\d+$", link)
    path = f"/havnvik/workshops/{number}/helper-invitations/{number_of}/removal"
    assert kari.posts(path).status_code == 404
    assert fatima.posts(path).status_code == 303
    assert kari.gets(link).status_code == 404


def test_an_address_that_is_none_is_told_and_kept(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    answer = fatima.posts(f"/havnvik/workshops/{number}/helper-invitations", email="kari hos nabo")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Skriv en e-postadresse" in page and 'value="kari hos nabo"' in page


def test_asked_twice_there_is_one_invitation_and_an_end(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartby.workshops.leads.MOST", 2)
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    assert [asks(fatima, number, "kari@example.no") for _ in range(2)] == [303, 303]
    assert _count(app, HelperInvitation) == 1 and len(_mails(app, "kari@example.no")) == 2
    assert asks(fatima, number, "jonas@example.no") == 303
    assert asks(fatima, number, "sunniva@example.no") == 422
    assert gives(app, fatima, number, "ingrid") == 422


def test_whoever_leaves_smartby_stands_beside_nobody(app: Flask) -> None:
    fatima, kari, jonas = (Visitor(app, who) for who in ("fatima", "kari", "jonas"))
    number = planned(fatima)
    asks(fatima, number, "kari@example.no")
    kari.posts(_link(app, "kari@example.no"), wanted="yes")
    asks(fatima, number, "jonas@example.no")
    exported = kari.gets("/me/export").get_json()
    assert [row["role"] for row in exported["workshops_beside"]] == ["helper"]
    assert [row["title"] for row in jonas.gets("/me/export").get_json()["asked_to_help"]] == [TITLE]
    for who in ("kari", "jonas"):
        with app.app_context():
            perform(erase_account, by=db.session.get_one(User, user_id(app, who)))
    assert _count(app, WorkshopLead) == _count(app, HelperInvitation) == 0


def test_addresses_are_forgotten_after_the_workshop(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    asks(fatima, number, "kari@example.no")
    with app.app_context():
        assert trim_invitations() == 0
    day_after = stored(app, number).starts_at.timestamp() + 90_000
    with time_machine.travel(day_after, tick=False), app.app_context():
        assert trim_invitations() == 1
    assert _count(app, HelperInvitation) == 0


def test_the_privacy_page_tells_of_it(app: Flask) -> None:
    page = Visitor(app).gets("/havnvik/privacy").get_data(as_text=True)
    assert "De som leder og hjelper på verksteder" in page


def _may(app: Flask, who: str, number: int) -> set[str]:
    with app.app_context():
        person = db.session.get_one(User, user_id(app, who))
        workshop = db.session.get_one(Workshop, number)
        return {r for r in ("workshops.help", "workshops.edit") if can(r, workshop, person)}


def _count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def _mails(app: Flask, to: str) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Mail.subject).where(Mail.to == to).order_by(Mail.id)))


def _link(app: Flask, to: str) -> str:
    with app.app_context():
        body = db.session.scalars(select(Mail.body).where(Mail.to == to).order_by(Mail.id)).all()
    found = re.search(r"/havnvik/helper-invitations/\d+", body[-1])
    assert found is not None, body
    return found[0]


def test_whoever_leads_or_helps_already_is_not_offered_again(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    page = fatima.gets(f"/havnvik/workshops/{number}/leads").get_data(as_text=True)
    found = re.search(r'name="user".*?<option[^>]*value="(\d+)"', page, re.S)
    assert found is not None
    sent = {"user": found[1], "role": "lead"}
    assert fatima.posts(f"/havnvik/workshops/{number}/leads", **sent).status_code == 303
    page = fatima.gets(f"/havnvik/workshops/{number}/leads").get_data(as_text=True)
    offered = page.partition('name="user"')[2].partition("</select>")[0]
    assert f'value="{found[1]}"' not in offered and f'id="lead-{found[1]}"' in page
