"""The wheel holds what a machine without Node needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conventions.sources import ROOT, files
from tools import frontend

WANTED = (
    "smartby/static/dist/manifest.json",
    "smartby/templates/ds.html",
    *(str(path.relative_to(ROOT)) for path in files(ROOT / "smartby" / "translations", ".mo")),
)


@pytest.mark.skipif(not frontend.built(), reason="the front end is not built: run `make test`")
def test_a_wheel_holds_the_bundle_the_templates_and_the_translations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert set(WANTED) <= names
    assert not any(name.startswith("smartby/static/src/") for name in names)
    assert not any(name.startswith(("tests/", "tools/")) for name in names)
