"""What a process has in memory: not what it does without."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conventions.sources import ROOT

LOOK = """
import json, sys
from smartby import create_app
create_app({"TESTING": True, "DATA": sys.argv[1]})
print(json.dumps(sorted(sys.modules)))
"""
# What draws a map of opinions, prints, and reads spreadsheets.
HEAVY = {"numpy", "typst", "PIL", "openpyxl", "hypothesis"}


def test_a_process_starts_without_what_few_need(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOOK, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "smartby.ballots.opinion" in loaded
    assert loaded & HEAVY == set()
