"""A town moves from one installation to another and back, whole, and never over another."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import JSON, func, select, text

from smartby import create_app
from smartby.core import live
from smartby.core.models import Base
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.operations.belongings import NUMBERED_BY, PEOPLE, REFERENCE, STAYS, STREAMS, owned
from tests.operations.furnishing import furnish
from tests.people import Visitor
from tests.services import Postgres

Made = Callable[[str, str], Flask]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """Make an empty installation with a name, on SQLite or at an address."""
    apps: list[Flask] = []

    def make(name: str, url: str = "") -> Flask:
        settings = {"TESTING": True, "ASYNC": "threading", "PUBLIC_URL": "http://localhost"}
        settings |= {"DATA": str(tmp_path / name), "DATABASE_URL": url, "SECRET_KEY": "x" * 40}
        app = create_app(settings)
        apps.append(app)
        assert run(app, "init").exit_code == 0
        return app

    yield make
    for app in apps:
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def travels(source: Flask, target: Flask, file: Path, slug: str = "havnvik") -> None:
    done = run(source, "export-town", slug, str(file))
    assert done.exit_code == 0, done.output
    done = run(target, "import-town", str(file))
    assert done.exit_code == 0, done.output
    assert "ledger=ok" in done.output


def rows(file: Path) -> list[str]:
    """The rows in a file: all but its first and last line."""
    return sorted(gzip.decompress(file.read_bytes()).decode().splitlines()[1:-1])


def holds_together(app: Flask) -> None:
    for command in (["check"], ["ledger", "verify"]):
        done = run(app, *command)
        assert done.exit_code == 0, done.output


def test_a_town_goes_to_postgresql_and_back_unchanged(
    made: Made, postgres: Postgres, tmp_path: Path
) -> None:
    first, last = made("first", ""), made("last", "")
    middle = made("middle", postgres.create_database("moving"))
    assert run(first, "seed").exit_code == 0
    assert "draft" in furnish(first)
    with first.app_context(), transaction():
        db.session.execute(text("INSERT INTO stream (name, seq) VALUES ('town:1', 7)"))
    holds_together(first)
    travels(first, middle, tmp_path / "there")
    holds_together(middle)
    travels(middle, last, tmp_path / "back")
    holds_together(last)
    run(last, "export-town", "havnvik", str(tmp_path / "again"))
    there = rows(tmp_path / "there")
    assert len(there) > 1_000
    assert there == rows(tmp_path / "back") == rows(tmp_path / "again")
    named = {json.loads(line)[0] for line in there}
    assert named == {*owned(), PEOPLE, STREAMS}


def test_life_goes_on_where_a_town_has_come(
    app: Flask, made: Made, database: str, postgres: Postgres, tmp_path: Path
) -> None:
    number = Visitor(app, "kari").has_idea()
    kari = Visitor(app, "kari")
    kari.posts(f"/havnvik/contributions/{number}/comments", body="Endelig.", key="a" * 32)
    # From each database to the other one.
    url = postgres.create_database("life") if database == "sqlite" else ""
    target = made(f"life-{database}", url)
    travels(app, target, tmp_path / "parcel")
    jonas = Visitor(target, "jonas")
    kari = Visitor(target, "kari")
    assert kari.gets(f"/havnvik/ideas/{number}").status_code == 200
    assert kari.gets("/fjordvang/").status_code == 404
    assert "gangveien" in kari.gets("/havnvik/ideas?q=gangvei").get_data(as_text=True)
    assert kari.has_idea("En benk til i parken", body="Det er langt mellom benkene.") > number
    assert jonas.gets("/").status_code == 200
    holds_together(target)


def test_people_come_along_but_not_the_keys_of_the_installation(
    app: Flask, made: Made, tmp_path: Path
) -> None:
    with app.app_context(), transaction():
        db.session.execute(text("UPDATE user_account SET is_operator = true"))
    Visitor(app, "kari").has_idea()
    target = made("people", "")
    travels(app, target, tmp_path / "parcel")
    with target.app_context():
        found = dict(db.session.execute(text("SELECT email, is_operator FROM user_account")).all())
    # Jonas has done nothing in the town, and Olav works for another.
    assert sorted(email.split("@")[0] for email in found) == [
        "amir", "fatima", "hanne", "ingrid", "kari"
    ]  # fmt: skip
    assert not any(found.values())


def test_two_towns_that_share_people_follow_each_other(
    app: Flask, made: Made, tmp_path: Path
) -> None:
    kari = Visitor(app, "kari")
    kari.has_idea()
    kari.has_idea(town="fjordvang")
    target = made("both", "")
    travels(app, target, tmp_path / "one")
    travels(app, target, tmp_path / "two", slug="fjordvang")
    holds_together(target)


def test_streams_go_on_counting(app: Flask, made: Made, tmp_path: Path) -> None:
    number = Visitor(app, "kari").has_idea()
    target = made("streams", "")
    travels(app, target, tmp_path / "parcel")
    asked = "/live/town:1?after=0"
    assert Visitor(app).gets(asked).status_code == 200
    # A page from before the move is told to load anew, not that nothing has happened.
    assert Visitor(target).gets(asked).status_code == 410
    assert number


def test_nothing_is_put_over_a_town_that_is_here(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "parcel"
    assert run(app, "export-town", "havnvik", str(file)).exit_code == 0
    done = run(app, "import-town", str(file))
    assert done.exit_code == 1
    assert "havnvik is here already" in done.output


def test_strangers_with_the_same_number_are_not_put_together(
    app: Flask, made: Made, tmp_path: Path
) -> None:
    file = tmp_path / "parcel"
    run(app, "export-town", "havnvik", str(file))
    target = made("strangers", "")
    with target.app_context(), transaction():
        db.session.execute(
            text(
                "INSERT INTO user_account (name, email, is_operator, blocked_reason, seq, version,"
                " created_at) SELECT 'Annen ' || n, 'annen' || n || '@example.com', false, '', 0,"
                " 1, CURRENT_TIMESTAMP FROM (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION"
                " SELECT 4 UNION SELECT 5 UNION SELECT 6) AS six"
            )
        )
    done = run(target, "import-town", str(file))
    assert done.exit_code == 1
    assert "cannot be put together" in done.output
    with target.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM municipality")) == 0


@pytest.mark.parametrize("harm", ["cut", "changed", "another"])
def test_a_file_that_is_not_whole_is_refused_before_anything_is_written(
    app: Flask, made: Made, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / "parcel"
    run(app, "export-town", "havnvik", str(file))
    whole = gzip.decompress(file.read_bytes()).decode()
    spoilt = {
        "cut": whole[: len(whole) // 2].rpartition("\n")[0] + "\n",
        "changed": whole.replace("Hanne Lunde", "Hanne Lunds"),
        "another": '{"something": "else"}\n',
    }[harm]
    assert spoilt != whole
    with gzip.open(file, "wt") as changed:
        changed.write(spoilt)
    target = made(f"spoilt-{harm}", "")
    done = run(target, "import-town", str(file))
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert ("not whole" in done.output) or ("no town" in done.output)
    with target.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM user_account")) == 0


def test_half_a_file_is_refused_without_a_traceback(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "parcel"
    run(app, "export-town", "havnvik", str(file))
    file.write_bytes(file.read_bytes()[:200])
    done = run(app, "import-town", str(file))
    assert done.exit_code == 1
    assert "cannot be read" in done.output


def test_another_schema_is_refused(app: Flask, made: Made, tmp_path: Path) -> None:
    file = tmp_path / "parcel"
    run(app, "export-town", "havnvik", str(file))
    target = made("older", "")
    with target.app_context(), transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001spine'"))
    done = run(target, "import-town", str(file))
    assert done.exit_code == 1
    assert "bring both installations to one version" in done.output


def test_a_file_is_for_its_owner_alone_and_never_lands_on_another(
    app: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "parcel"
    assert run(app, "export-town", "nowhere", str(file)).exit_code == 1
    assert list(tmp_path.iterdir()) == []
    assert run(app, "export-town", "havnvik", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert "is there already" in run(app, "export-town", "havnvik", str(file)).output


def test_every_table_is_a_towns_or_has_its_reason(app: Flask) -> None:
    """A new table is in by itself when it points to a town's rows; else it must be decided on."""
    tables = set(Base.metadata.tables)
    placed = [set(owned()), {PEOPLE, STREAMS}, set(REFERENCE), set(STAYS)]
    assert set().union(*placed) == tables
    assert sum(map(len, placed)) == len(tables)


def test_what_a_towns_rows_point_to_comes_along_or_is_everywhere(app: Flask) -> None:
    there = owned().keys() | {PEOPLE} | REFERENCE
    for table in owned().values():
        assert {key.column.table.name for key in table.foreign_keys} <= there, table.name
    names = list(owned())
    for table in owned().values():
        before = {key.column.table.name for key in table.foreign_keys} & owned().keys()
        assert all(names.index(name) <= names.index(table.name) for name in before), table.name


def test_every_kind_of_value_survives_the_file(app: Flask) -> None:
    kinds = {type(column.type).__name__ for table in owned().values() for column in table.columns}
    survive = {"Boolean", "Double", "Integer", "JSON", "String", "Text", "UtcDateTime"}
    assert kinds <= survive
    # "nothing" and "null" are one in the file, so a column may only know one of them.
    for table in owned().values():
        for column in table.columns:
            assert (
                not (isinstance(column.type, JSON) and column.nullable) or column.type.none_as_null
            )


def test_every_stream_is_known_by_whose_number_it_has(app: Flask) -> None:
    assert NUMBERED_BY.keys() == live._audiences.keys()


def test_rows_of_every_table_are_found_by_their_town(app: Flask) -> None:
    from smartby.operations.belongings import rows_of

    with app.app_context():
        for name, table in owned().items():
            ours = [rows_of(table).order_by(None), {"town": 1}], [rows_of(table), {"town": 2}]
            counts = [
                db.session.scalar(select(func.count()).select_from(query.subquery()), values)
                for query, values in ours
            ]
            everything = db.session.scalar(select(func.count()).select_from(table))
            assert sum(counts) == everything, name
