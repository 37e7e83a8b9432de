"""`flask doctor` names what is unsafe or missing before real people come, and what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from smartby import create_app
from smartby.accounts.passwords import hash_password
from smartby.core.clock import at, now, set_offset
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.operations import pulse
from smartby.operations.settings import file_system
from smartby.seeds.world import PASSPHRASE
from tests.serving import Smartby

Clinic = Callable[..., Result]
SAFE = {
    "PUBLIC_URL": "https://smartby.fjordby.no",
    "SECRET_KEY": "kT3v-9sQx_72LmWz8hRbYp0dNfGa5cJu",
    "SMTP_URL": "smtp+starttls://smartby:et-langt-passord@post.fjordby.no:587",
    "MAIL_FROM": "Smartby <smartby@fjordby.no>",
    "PROXY_HOPS": 1,
}


@pytest.fixture(scope="module")
def database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that `flask init` has made, to be copied."""
    folder = tmp_path_factory.mktemp("ready")
    app = create_app({"TESTING": True, "ASYNC": "threading", "DATA": str(folder)} | SAFE)
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    dispose(app)
    return folder / "smartby.db"


@pytest.fixture
def clinic(tmp_path: Path, database_file: Path) -> Iterator[Clinic]:
    """Run the doctor on a new installation with these settings; all else is as it should be."""
    made: list[Flask] = []

    def examine(*, well: bool = True, **settings: Any) -> Result:
        tmp_path.chmod(0o700)
        if not made:
            shutil.copy(database_file, tmp_path)
        app = create_app(
            {"TESTING": True, "ASYNC": "threading", "DATA": str(tmp_path)} | SAFE | settings
        )
        made.append(app)
        with app.app_context():
            for what in (pulse.JOBS, pulse.BACKUP) if well else ():
                pulse.beat(what)
        return app.test_cli_runner().invoke(args=["doctor"])

    yield examine
    set_offset(0.0)
    for app in made:
        dispose(app)


def test_nothing_is_wrong_with_a_sound_installation(clinic: Clinic) -> None:
    done = clinic()
    assert "unsafe  " not in done.output
    assert done.output.endswith("0 unsafe, 0 missing.\n"), done.output
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("settings", "said", "advice"),
    [
        ({"PUBLIC_URL": "http://smartby.fjordby.no"}, "travel readable", "https address"),
        ({"PUBLIC_URL": "http://127.0.0.1:8000"}, "list of origins .* demo's", "Set PUBLIC_URL"),
        ({"PUBLIC_URL": "http://0.0.0.0:8000"}, "any name is answered", "Set PUBLIC_URL"),
        ({"PUBLIC_URL": "http://localhost", "SMTP_URL": ""}, "/mail, is open", "Set SMTP_URL"),
        ({"PUBLIC_URL": "http://b.no", "SECRET_KEY": "changeme"}, "SECRET_KEY is short", "openssl"),
        ({"CLOCK_OFFSET": 300.0}, "300 seconds off", "Remove it"),
        ({"HOST": "10.0.0.7"}, "claim any address", "HOST=127.0.0.1"),
        ({"WORKERS": 3}, "3 workers without Redis", "REDIS_URL"),
        ({"METRICS_TOKEN": "kort"}, "METRICS_TOKEN is short", "openssl"),
        ({"SMTP_URL": "smtp://a:hemmelig@post.no"}, "mail server's password", "starttls"),
        ({"REDIS_URL": "redis://:smartby@127.0.0.1:1/0"}, "password in REDIS_URL", "long random"),
        ({"REDIS_URL": "redis://10.0.0.9:1/0"}, "Redis is on another host", "rediss://"),
    ],
)  # fmt: skip
def test_what_is_unsafe_is_named_with_what_to_do(
    clinic: Clinic, settings: dict[str, Any], said: str, advice: str
) -> None:
    done = clinic(**settings)
    assert re.search(rf"unsafe   .*{said}[^\n]*\n +→ .*{advice}", done.output), done.output
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"SMTP_URL": ""}, "SMTP_URL is not set"),
        ({"MAIL_FROM": "smartby@example.no"}, "MAIL_FROM is still an example's"),
        ({"PROXY_HOPS": 0}, "seems to come from the proxy"),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "Redis does not answer"),
    ],
)
def test_what_is_missing_is_named_and_is_no_failure(
    clinic: Clinic, settings: dict[str, Any], said: str
) -> None:
    done = clinic(**settings)
    assert re.search(rf"missing  [^\n]*{said}[^\n]*\n +→ ", done.output), done.output
    assert done.exit_code == 0


def test_that_links_lead_nowhere_is_named(clinic: Clinic) -> None:
    said = clinic(PUBLIC_URL="http://0.0.0.0:8000").output
    assert re.search(r"missing  [^\n]*codes that phones read lead nowhere[^\n]*\n +→ Set", said)
    assert "lead nowhere" not in clinic().output


def test_debugging_is_named(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["doctor"], env={"FLASK_DEBUG": "1"})
    assert "Debugging is on" in done.output


def test_jobs_and_backups_that_were_never_seen_are_named(clinic: Clinic) -> None:
    done = clinic(well=False)
    assert "job worker is not running" in done.output
    assert "No backup was seen" in done.output
    assert done.exit_code == 1


def test_signs_of_life_grow_old(app: Flask) -> None:
    with app.app_context(), at(now() - timedelta(days=3)):
        pulse.beat(pulse.JOBS)
        pulse.beat(pulse.BACKUP)
    done = examine(app)
    assert "job worker is not running" in done.output
    assert "The newest backup is from" in done.output


def test_hosts_that_share_a_sqlite_file_are_named(app: Flask, database: str) -> None:
    with app.app_context():
        pulse.beat(pulse.JOBS)
        told = next((Path(app.config["DATA"]) / "pulse").glob("jobs@*"))
    other = told.with_name("jobs@annen")
    other.write_text(told.read_text().replace('"host": "', '"host": "annen-'))
    done = examine(app)
    other.unlink()
    assert ("Several hosts use one SQLite file (" in done.output) == (database == "sqlite")


def test_a_data_folder_that_others_can_read_is_named(app: Flask) -> None:
    folder = Path(app.config["DATA"])
    folder.chmod(0o755)
    assert "(mode 755)" in examine(app).output
    folder.chmod(0o700)
    assert "(mode" not in examine(app).output


def test_the_demos_towns_and_password_are_named(app: Flask) -> None:
    with app.app_context():
        hashed = hash_password(PASSPHRASE)
        with transaction():
            change = "UPDATE user_account SET password_hash = :it WHERE email = :who"
            for who in ("kari@example.no", "hanne@example.no", "sunniva@example.no"):
                assert db.session.execute(text(change), {"it": hashed, "who": who}).rowcount  # type: ignore[attr-defined]
    done = examine(app)
    assert "demo's town havnvik is open" in done.output
    named = re.findall(r"(\S+)@example.no can be signed in as", done.output)
    # Kari is one of the demo's people, Hanne has an office; Sunniva is neither here.
    assert named == ["hanne", "kari"]
    assert done.exit_code == 1


def test_a_town_that_nobody_governs_is_named(app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.execute(text("DELETE FROM member WHERE role = 'administrator'"))
    assert "fjordvang has no administrator" in examine(app).output


def test_a_database_of_another_version_is_named(app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001spine'"))
    done = examine(app)
    with app.app_context(), transaction():
        newest = re.search(r"needs (\w+)", done.output)
        assert newest, done.output
        db.session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": newest[1]})
    assert "The database is at 0001spine" in done.output


def test_a_database_that_is_away_is_named() -> None:
    server = Smartby(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    done, made = server.flask("doctor"), server.flask("init")
    server.close()
    assert "The database does not answer" in done.stdout, done.stderr
    assert "The database does not answer" in made.stderr and made.returncode == 1
    assert "Traceback" not in done.stderr + made.stderr


def test_a_secret_that_is_refused_is_told_without_a_traceback() -> None:
    server = Smartby()
    server.env |= {"PUBLIC_URL": "https://smartby.fjordby.no", "SECRET_KEY": "changeme"}
    done = server.flask("doctor")
    server.close()
    assert done.returncode == 1
    assert "set SECRET_KEY to at least 32" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_kind_of_a_file_system_is_told_by_the_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("a / ext4 rw 0 0\nb:/x /srv nfs4 rw 0 0\nc /srv/local xfs rw 0 0\n")
    assert file_system(Path("/srv/smartby"), mounts) == "nfs4"
    assert file_system(Path("/srv/local/smartby"), mounts) == "xfs"
    assert file_system(Path("/var"), mounts) == "ext4"
    assert file_system(Path("/var"), tmp_path / "none") == ""


def examine(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["doctor"])


def dispose(app: Flask) -> None:
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def test_the_only_town_must_be_there(clinic: Clinic) -> None:
    said = clinic(SINGLE_TOWN="nosuch").output
    assert "SMARTBY_SINGLE_TOWN is nosuch, and no open town has that address" in said
