"""What is remembered of people and towns: what another process commits holds at once."""

from __future__ import annotations

import os
import subprocess
import sys

from flask import Flask

from smartby.core.recall import recall
from smartby.extensions import db
from smartby.municipalities.models import Municipality
from tests.contributions import writing
from tests.people import Visitor, user_id
from tests.statements import counted

BOARD = "/havnvik/board"
# A process of its own that knows nothing of smartby.
SCRIPT = (
    "import os, sys; from sqlalchemy import create_engine, text\n"
    "with create_engine(os.environ['AT']).begin() as connection:\n"
    "    for line in sys.argv[1:]: connection.execute(text(line))"
)


def elsewhere(app: Flask, *statements: str) -> None:
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    subprocess.run(
        [sys.executable, "-c", SCRIPT, *statements], env={**os.environ, "AT": url}, check=True
    )


def test_a_role_given_or_taken_by_another_process_holds_at_once(app: Flask) -> None:
    kari, number = Visitor(app, "kari"), user_id(app, "kari")
    assert [kari.gets(BOARD).status_code for _ in range(2)] == [403, 403]
    elsewhere(
        app,
        "INSERT INTO member (municipality_id, user_id, role, title, created_at)"
        f" SELECT id, {number}, 'moderator', '', CURRENT_TIMESTAMP FROM municipality"
        " WHERE slug = 'havnvik'",
    )
    assert [kari.gets(BOARD).status_code for _ in range(2)] == [200, 200]
    elsewhere(app, f"DELETE FROM member WHERE user_id = {number} AND role = 'moderator'")
    assert kari.gets(BOARD).status_code == 403
    assert BOARD not in kari.gets("/havnvik/ideas").text


def test_whoever_another_process_bans_is_banned_at_once(app: Flask) -> None:
    number = writing.idea(app, "Lys på gangveien bak skolen")
    kari, page = Visitor(app, "kari"), f"/havnvik/ideas/{number}"
    said = "Brukeren din er stengt ute"
    assert [said in kari.gets(page).text for _ in range(2)] == [False, False]
    person = user_id(app, "kari")
    elsewhere(app, f"UPDATE user_account SET blocked_at = CURRENT_TIMESTAMP WHERE id = {person}")
    assert said in kari.gets(page).text
    address = f"/havnvik/contributions/{number}/support"
    assert kari.posts(address, wanted="yes").status_code == 403
    elsewhere(app, f"UPDATE user_account SET blocked_at = NULL WHERE id = {person}")
    assert kari.posts(address, wanted="yes").status_code == 303


def test_a_sign_in_that_another_process_ends_is_ended_at_once(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    for visitor, name in ((kari, "Kari Solheim"), (jonas, "Jonas"), (kari, "Kari Solheim")):
        assert name in visitor.gets("/havnvik/ideas").text
    number = user_id(app, "kari")
    elsewhere(app, f"UPDATE user_session SET ended_at = CURRENT_TIMESTAMP WHERE user_id = {number}")
    assert "Kari" not in kari.gets("/havnvik/ideas").text
    assert "Jonas" in jonas.gets("/havnvik/ideas").text


def test_a_town_that_another_process_closes_is_closed_at_once(app: Flask) -> None:
    kari = Visitor(app, "kari")
    assert [kari.gets("/havnvik/ideas").status_code for _ in range(2)] == [200, 200]
    elsewhere(app, "UPDATE municipality SET closed_at = CURRENT_TIMESTAMP WHERE slug = 'havnvik'")
    assert kari.gets("/havnvik/ideas").status_code == 404
    elsewhere(app, "UPDATE municipality SET closed_at = NULL WHERE slug = 'havnvik'")
    assert kari.gets("/havnvik/ideas").status_code == 200


def test_what_was_remembered_asks_the_database_nothing(app: Flask) -> None:
    kari = Visitor(app, "kari")
    with counted(app) as sent:
        kari.gets("/havnvik/ideas")
        first = len(sent)
        kari.gets("/havnvik/ideas")
    assert (first, len(sent) - first) == (6, 2)


def test_what_an_older_snapshot_says_is_not_remembered_as_new(app: Flask) -> None:
    town = db.select(Municipality.phone).where(Municipality.slug == "havnvik")

    def phone() -> str | None:
        return recall("phone", lambda: db.session.scalars(town).one())

    with app.app_context():
        db.session.execute(db.select(Municipality.id)).all()  # on SQLite this is what is seen
        elsewhere(app, "UPDATE municipality SET phone = '55 00 00 01' WHERE slug = 'havnvik'")
        phone()
    with app.app_context():
        assert phone() == "55 00 00 01"
    elsewhere(app, "UPDATE municipality SET phone = '' WHERE slug = 'havnvik'")
