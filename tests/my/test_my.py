"""One's own page, one's own data, and leaving."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from smartby.accounts.models import User
from smartby.core.clock import now
from smartby.database import Base
from smartby.extensions import db
from smartby.municipalities.models import Member
from tests.contributions import writing
from tests.people import PASSWORD, Visitor, user_id

COMMENT = "Enig, dette trengs før vinteren."


@pytest.fixture
def busy(app: Flask) -> tuple[Visitor, int]:
    """Kari with an idea, and support and a comment for Jonas' idea in another town."""
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    kari.has_idea()
    number = jonas.has_idea("Benker langs kaia i sør", town="fjordvang")
    assert kari.posts(f"/fjordvang/contributions/{number}/support", wanted="yes").status_code == 303
    said = kari.posts(f"/fjordvang/contributions/{number}/comments", body=COMMENT)
    assert said.status_code == 303
    return kari, number


def exported(visitor: Visitor) -> dict[str, Any]:
    answer = visitor.gets("/me/export")
    assert "attachment" in answer.headers["Content-Disposition"]
    content: dict[str, Any] = json.loads(answer.get_data())
    return content


def test_my_page_shows_what_is_mine_in_every_town(busy: tuple[Visitor, int]) -> None:
    kari, number = busy
    page = kari.gets("/me").get_data(as_text=True)
    assert "Lys på gangveien bak skolen" in page
    assert page.count("Benker langs kaia i sør") == 2  # supported, and commented on
    assert COMMENT in page
    assert f"/fjordvang/ideas/{number}" in page


def test_what_one_said_in_a_row_stands_under_one_name(busy: tuple[Visitor, int]) -> None:
    kari, number = busy
    path = f"/fjordvang/contributions/{number}/comments"
    assert kari.posts(path, body="Og så trengs det en benk til.").status_code == 303
    page = kari.gets("/me/commented").get_data(as_text=True)
    assert page.count(">Benker langs kaia i sør</a>") == 1
    leads = re.findall(rf'href="/fjordvang/ideas/{number}#comment-(\d+)"', page)
    assert len(set(leads)) == len(leads) == 2  # each comment is reached
    assert page.index("en benk til") < page.index(COMMENT)


def test_what_does_not_fit_on_my_page_is_on_the_next(app: Flask) -> None:
    numbers = [writing.idea(app, f"Lys på gangvei nummer {n}") for n in range(45)]
    kari = Visitor(app, "kari")
    path, seen = "/me", list[list[int]]()
    while path:
        html = kari.gets(path).get_data(as_text=True)
        part = html.partition('id="written"')[2].partition("</section>")[0]
        seen.append([int(n) for n in re.findall(r'/ideas/(\d+)"', part)])
        found = re.search(r'href="([^"]+)">Vis eldre', part)
        path = unescape(found[1]) if found else ""
    assert [number for each in seen for number in each] == numbers[::-1]
    assert [len(each) for each in seen] == [20, 20, 5]


@pytest.mark.parametrize("which", ["supported", "commented"])
def test_the_rest_of_my_lists_has_a_page_of_its_own(app: Flask, which: str) -> None:
    numbers = [writing.idea(app, f"Lys på gangvei nummer {n}") for n in range(21)]
    for number in numbers:
        writing.supported(app, number, "jonas")
        writing.commented(app, number)
    jonas = Visitor(app, "jonas")
    first = jonas.gets(f"/me/{which}").get_data(as_text=True)
    found = re.search(r'href="([^"]+)">Vis eldre', first)
    assert found
    rest = jonas.gets(unescape(found[1])).get_data(as_text=True)
    assert f"/havnvik/ideas/{numbers[0]}" in rest
    assert f"/havnvik/ideas/{numbers[1]}" not in rest
    assert "Vis eldre" not in rest
    kari = Visitor(app, "kari")
    assert "Her er det ikke mer" in kari.gets(f"/me/{which}").text
    assert kari.gets(f"/me/{which}?after=x").status_code == 422
    assert kari.gets("/me/nothing").status_code == 404


def test_a_new_account_is_told_what_could_be_there(app: Flask) -> None:
    page = Visitor(app, "sunniva").gets("/me").get_data(as_text=True)
    assert "Du har ikke publisert noe ennå" in page


def test_what_is_hidden_stands_on_its_authors_page_with_the_way_to_the_reason(app: Flask) -> None:
    kari, jonas, ingrid = (Visitor(app, key) for key in ("kari", "jonas", "ingrid"))
    number = kari.has_idea()
    writing.supported(app, number, "jonas")
    reason = "Omtaler en privatperson."
    hiding = f"/havnvik/contributions/{number}/hiding"
    told = ingrid.gets(hiding).get_data(as_text=True)
    assert "Bare den som skrev, moderatorene og administratorene ser siden etterpå." in told
    assert ingrid.posts(hiding, wanted="yes", reason=reason).status_code == 303
    page = kari.gets("/me").get_data(as_text=True)
    assert "Du har ikke publisert noe ennå" not in page
    assert "<strong>Skjult</strong>" in page and "Se hvorfor" in page
    assert reason in kari.gets(f"/havnvik/ideas/{number}").get_data(as_text=True)
    assert "Lys på gangveien" not in jonas.gets("/me").get_data(as_text=True)


def test_the_export_holds_one_s_own_and_nothing_that_lets_others_in(
    busy: tuple[Visitor, int],
) -> None:
    kari, number = busy
    content = exported(kari)
    assert content["account"]["email"] == "kari@example.no"
    assert [c["title"] for c in content["contributions"]] == ["Lys på gangveien bak skolen"]
    assert [c["body"] for c in content["comments"]] == [COMMENT]
    assert [s["contribution_id"] for s in content["supports"]] == [number]
    assert len(content["sessions"]) == 1
    text = json.dumps(content)
    assert "jonas" not in text.lower()
    assert "argon2" not in text
    assert "hash" not in text


def erases(visitor: Visitor, **fields: str) -> int:
    values = {"current": PASSWORD, "sure": "y", **fields}
    return visitor.posts("/me/erasure", **values).status_code


def test_an_erased_account_leaves_words_and_totals_but_no_person(
    app: Flask, busy: tuple[Visitor, int]
) -> None:
    kari, number = busy
    person = user_id(app, "kari")
    assert erases(kari, current="ikke dette passordet") == 422
    values = {"current": PASSWORD}
    assert kari.posts("/me/erasure", **values).status_code == 422
    assert erases(kari) == 303
    assert kari.gets("/me").status_code == 302
    assert Visitor(app).signs_in("kari").status_code == 422
    page = Visitor(app).gets(f"/fjordvang/ideas/{number}").get_data(as_text=True)
    assert COMMENT in page
    assert "Tidligere bruker" in page
    assert "Kari Solheim" not in page
    with app.app_context():
        gone = db.session.get_one(User, person)
        assert (gone.password_hash, gone.language) == (None, None)
        for table in Base.metadata.sorted_tables:
            everything = str(db.session.execute(select(table)).all())
            assert "kari@example.no" not in everything, table.name
            assert "Kari Solheim" not in everything, table.name


def test_the_address_is_free_again(app: Flask) -> None:
    kari = Visitor(app, "kari")
    assert erases(kari) == 303
    again = Visitor(app).posts(
        "/sign-up", name="Kari Ny", email="kari@example.no", password="to trette katter i kaia"
    )
    assert again.status_code == 303
    with app.app_context():
        found = db.session.scalars(select(User).where(User.email == "kari@example.no")).one()
        assert found.name == "Kari Ny"


def test_the_last_administrator_of_a_town_stays(app: Flask) -> None:
    hanne = Visitor(app, "hanne")
    answer = hanne.posts("/me/erasure", current=PASSWORD, sure="y")
    assert answer.status_code == 422
    assert "minst én administrator" in answer.get_data(as_text=True)
    assert hanne.gets("/me").status_code == 200


def test_an_office_shortens_the_sessions_that_are_open(app: Flask) -> None:
    kari = Visitor(app, "kari")
    done = app.test_cli_runner().invoke(
        args=["user", "make-administrator", "kari@example.no", "havnvik"]
    )
    assert done.exit_code == 0
    assert kari.gets("/me").status_code == 200
    with time_machine.travel(now() + timedelta(hours=12.1)):
        assert kari.gets("/me").status_code == 302


def test_offices_end_with_the_account(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    person = user_id(app, "ingrid")
    assert erases(ingrid) == 303
    with app.app_context():
        assert db.session.scalars(select(Member).where(Member.user_id == person)).all() == []
