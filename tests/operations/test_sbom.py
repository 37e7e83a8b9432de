"""What is locked stands in the bills; and a silent advisory service is no good news."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.conventions.sources import ROOT
from tools import audit, node

NOBODY = "http://127.0.0.1:9"  # where nothing listens


@pytest.fixture(scope="module")
def bills(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if node.find() is None:
        pytest.skip("no Node: run `make test` with a network")
    folder = tmp_path_factory.mktemp("bills")
    command = [sys.executable, "-m", "tools.sbom", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {path.name: json.loads(path.read_text()) for path in folder.iterdir()}


def test_every_locked_python_package_stands_in_the_bill(bills: dict[str, Any]) -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    locked = {tuple(line.split("==")) for line in lines if not line.startswith("#")}
    bill = bills["sbom-python.json"]
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "smartby"
    assert {(part["name"], part["version"]) for part in bill["components"]} == locked
    assert all(part["purl"].startswith("pkg:pypi/") for part in bill["components"])


def test_the_bill_tells_what_runs_from_what_only_tests(bills: dict[str, Any]) -> None:
    scope = {part["name"]: part["scope"] for part in bills["sbom-python.json"]["components"]}
    runs = {name for name, said in scope.items() if said == "required"}
    assert runs >= {"flask", "werkzeug", "psycopg-binary", "greenlet", "markupsafe"}
    assert runs.isdisjoint({"pytest", "hypothesis", "mypy", "playwright"})


def test_every_locked_npm_package_stands_in_the_bill(bills: dict[str, Any]) -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    # What is only for other systems is locked too; npm lists what this one would install.
    locked = {
        (path.rpartition("node_modules/")[2], about["version"])
        for path, about in packages.items()
        if path and not about.get("optional")
    }
    bill = bills["sbom-npm.json"]
    named = {
        (f"{part['group']}/{part['name']}" if part.get("group") else part["name"], part["version"])
        for part in bill["components"]
    }
    assert bill["bomFormat"] == "CycloneDX" and locked <= named


def test_silence_is_not_taken_for_good_news() -> None:
    env = {
        **os.environ, "HTTPS_PROXY": NOBODY, "https_proxy": NOBODY, "npm_config_registry": NOBODY,
        "npm_config_fetch_retries": "0",
    }  # fmt: skip
    command = [sys.executable, "-m", "tools.audit"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 3, done.stdout + done.stderr
    assert done.stderr.count("no answer, so nothing is known either way") == 2


def test_a_package_that_was_left_out_is_not_taken_for_a_sound_one() -> None:
    sound = {"name": "flask", "version": "3.1.2", "vulns": []}
    left_out = {"name": "gevent", "skip_reason": "Dependency not found on PyPI"}
    assert audit.known_of([sound]) == []
    assert audit.known_of([{**sound, "vulns": [{"id": "GHSA-x"}]}]) == ["flask 3.1.2: GHSA-x"]
    for packages in ([], [left_out], [sound, left_out]):
        with pytest.raises(audit.NoAnswer):
            audit.known_of(packages)
