"""A migration may take its time on PostgreSQL, but waits for no lock."""

from __future__ import annotations

import shutil
from pathlib import Path

from smartby import create_app
from smartby.cli import bind_migrations
from smartby.extensions import db
from tests.services import Postgres
from tests.serving import ROOT

ASKING = '''
"""What a migration may take."""
from pathlib import Path
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001asking", None, None, None


def upgrade():
    names = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")
    said = [op.get_bind().exec_driver_sql("SHOW " + name).scalar() for name in names]
    Path({answer!r}).write_text(" ".join(said))
'''


def test_a_migration_may_take_its_time_but_waits_for_no_lock(
    postgres: Postgres, tmp_path: Path
) -> None:
    (tmp_path / "versions").mkdir()
    for name in ("env.py", "alembic.ini", "script.py.mako"):
        shutil.copy(ROOT / "migrations" / name, tmp_path / name)
    answer = str(tmp_path / "answer")
    (tmp_path / "versions" / "0001_asking.py").write_text(ASKING.format(answer=answer))
    url = postgres.create_database("patient")
    app = create_app(
        {"TESTING": True, "ASYNC": "threading", "DATABASE_URL": url, "DATA": str(tmp_path)}
        | {"MIGRATIONS": str(tmp_path)}
    )
    bind_migrations(app)
    done = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert done.exit_code == 0, (done.output, done.exception)
    assert Path(answer).read_text() == "0 0 2s"
    with app.app_context():
        # What pages use afterwards has its limits again.
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "5s"
        for engine in db.engines.values():
            engine.dispose()
