"""No link leads nowhere or round about, and no id stands twice: many towns, and one alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conventions.sources import ROOT
from tests.planted import copied


@pytest.mark.parametrize("only", ["", "havnvik"], ids=["many", "one"])
def test_every_link_leads_to_a_page(tmp_path: Path, only: str) -> None:
    env = {**os.environ, "SMARTBY_DATA": str(tmp_path / "data"), "DATABASE_URL": ""}
    env |= {"FLASK_APP": "wsgi", "PYTHONPATH": str(ROOT)}
    copied("Demo", env, lambda: [_run(env, "flask", each) for each in ("init", "seed")] and None)
    told = json.loads(
        _run(env | {"SMARTBY_SINGLE_TOWN": only}, "tests.pages.crawl").splitlines()[-1]
    )
    assert all(each["kinds"] > 40 for each in told.values()), told
    assert {who: each["wrong"] for who, each in told.items()} == {who: {} for who in told}


def _run(env: dict[str, str], module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
