"""D13: a backup is taken while people vote, and put back elsewhere: nothing older is missing."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.drills.conftest import Ends
from tests.drills.drill import Drill
from tests.drills.pages import fetch
from tests.drills.stack import Beside, Stack


@pytest.mark.long_drill
@pytest.mark.timeout(600)
@pytest.mark.parametrize("db", ["sqlite", "pg"])
def test_a_backup_taken_in_traffic_is_whole(db: str, tmp_path: Path, ends: Ends) -> None:
    with Drill(db) as drill:
        before = [card for each in drill.voters.writers for card in each.cards.copy()]
        _back_up(drill.stack, tmp_path / "backup")
        drill.goes_on()
        begun = time.monotonic()
        place = _put_back(drill.stack, tmp_path)
        assert place.flask("restored").returncode == 0
        took = time.monotonic() - begun
        with place:
            told = place.flask("check")
            assert told.returncode == 0, told.stdout + told.stderr
            assert place.flask("ledger", "verify").returncode == 0
            # Whoever had a page open is told to read it anew, whatever number it has seen.
            for seen in (0, 10, 1_000):
                stream = f"/live/contribution:{drill.stack.idea}"
                assert fetch(place.port, f"{stream}?lang=nb&after={seen}", "") == 410
            there = _cards(drill.stack, place)
        assert before and set(before) <= there
        ends(drill, "D13 backup put back", restored_in_s=round(took, 1), cards=len(before))


def _back_up(stack: Stack, path: Path) -> None:
    if stack.postgres is None:
        source = sqlite3.connect(f"{stack.apps[0].env['SMARTBY_DATA']}/smartby.db", timeout=60)
        source.execute("VACUUM INTO ?", (str(path),))
        source.close()
        return
    dump = [*stack.postgres.program("pg_dump"), "-Fc", "-d", _plain(stack.apps[0].env)]
    with path.open("wb") as file:
        subprocess.run(dump, stdout=file, check=True, cwd="/tmp")


def _put_back(stack: Stack, folder: Path) -> Beside:
    data = folder / "restored"
    data.mkdir()
    if stack.postgres is None:
        (folder / "backup").rename(data / "smartby.db")
        return Beside(stack.apps[0], SMARTBY_DATA=str(data))
    url = stack.postgres.create_database("restored")
    place = Beside(stack.apps[0], SMARTBY_DATA=str(data), DATABASE_URL=url)
    restore = [*stack.postgres.program("pg_restore"), "--exit-on-error", "-d", _plain(place.env)]
    with (folder / "backup").open("rb") as file:
        subprocess.run(restore, stdin=file, check=True, cwd="/tmp")
    return place


def _plain(env: dict[str, str]) -> str:
    return env["DATABASE_URL"].replace("+psycopg", "")


def _cards(stack: Stack, place: Beside) -> set[str]:
    served, stack.apps = stack.apps, [place]
    try:
        return {body for (body,) in stack.asks("SELECT body FROM card")}
    finally:
        stack.apps = served
