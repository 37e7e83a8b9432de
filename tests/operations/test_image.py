"""The image as it is built and run, where an engine answers and has the base or can fetch it."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.operations.imaged import command, said, stages
from tests.serving import ROOT

TAG = "smartby:test"
# As the guide runs it, less the network: what it asks is asked inside.
RUN = "run --detach --read-only --tmpfs /tmp --cap-drop all --security-opt no-new-privileges"
RUN += " --network none --stop-timeout 30"
SERVE = ["sh", "-c", f"flask init && exec {' '.join(command('CMD'))}"]


class Engine:
    """podman or docker."""

    def __init__(self, name: str) -> None:
        self.name = name

    def asks(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([self.name, *words], capture_output=True, text=True)

    def says(self, *words: str) -> str:
        done = self.asks(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def has(self, image: str) -> bool:
        return any(self.asks(*words, image).returncode == 0 for words in (["inspect"], ["pull"]))

    @contextmanager
    def running(self) -> Iterator[str]:
        name = self.says(*RUN.split(), TAG, *SERVE).splitlines()[-1]
        try:
            yield name
        finally:
            self.asks("rm", "--force", "--volumes", name)


def engine() -> Engine | None:
    """The engine that answers, if there is one: a client alone does not."""
    names = (name for name in ("podman", "docker") if shutil.which(name))
    found = (Engine(name) for name in names)
    return next((each for each in found if each.asks("info").returncode == 0), None)


@pytest.mark.timeout(1_500)
def test_it_is_built_and_runs_where_there_is_an_engine() -> None:
    found, base = engine(), said(stages()[0], "FROM")[0].split()[0]
    # Not skipped: what is built from is another's, and tests do not depend on who can be reached.
    if found is None or not found.has(base):
        return
    make = ["make", "image", f"ENGINE={found.name}", f"IMAGE={TAG}"]
    done = subprocess.run(make, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    try:
        _it_keeps_its_health_check(found)
        _it_serves_as_nobody_and_stops(found)
    finally:
        found.asks("rmi", "--force", TAG)


def _it_keeps_its_health_check(found: Engine) -> None:
    (told,) = json.loads(found.says("image", "inspect", TAG))
    # docker has it in the configuration, podman beside it, each version by its own spelling.
    keys = {name.lower(): value for name, value in [*told.items(), *told["Config"].items()]}
    assert "healthcheck" in keys, "the engine left it out of the image"
    assert keys["healthcheck"]["Test"] == ["CMD", *command("HEALTHCHECK")]


def _it_serves_as_nobody_and_stops(found: Engine) -> None:
    with found.running() as name:
        deadline = time.monotonic() + 120
        while found.asks("exec", name, *command("HEALTHCHECK")).returncode != 0:
            assert time.monotonic() < deadline, found.asks("logs", name)
        assert found.says("exec", name, "id", "-u") == "10001"
        assert found.says("exec", name, "flask", "check").endswith("ledger=ok")
        assert found.asks("exec", name, "touch", "/opt/smartby/new").returncode != 0
        assert found.says("exec", name, "pg_dump", "--version")
        found.says("stop", name)
        assert found.says("inspect", "--format", "{{.State.ExitCode}}", name) == "0"
