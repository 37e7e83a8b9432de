"""The image: its rules hold in the file, and it is built where there is an engine."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess

import pytest

from tests.operations.deployed import DEPLOY, read_unit
from tests.serving import ROOT

FILE = DEPLOY / "Containerfile"
Step = tuple[str, str]


def stages() -> list[list[Step]]:
    """The file's instructions, stage by stage."""
    text = re.sub(r"^\s*#.*\n", "", FILE.read_text(), flags=re.M).replace("\\\n", " ")
    steps = [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]
    found: list[list[Step]] = []
    for verb, rest in steps:
        if verb == "FROM":
            found.append([])
        found[-1].append((verb, " ".join(rest.split())))
    return found


def said(stage: list[Step], verb: str) -> list[str]:
    return [rest for each, rest in stage if each == verb]


def test_every_base_has_a_version() -> None:
    bases = [said(stage, "FROM")[0].split()[0] for stage in stages()]
    assert len(set(bases)) == 1, "what is built must run on what it was built on"
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+-slim-\w+", bases[0])


def test_it_runs_as_nobody_in_particular() -> None:
    last = stages()[-1]
    verbs = [verb for verb, _rest in last]
    assert said(last, "USER") == ["10001:10001"]
    # After it, nothing is made any more.
    assert not {"RUN", "COPY", "ADD"} & set(verbs[verbs.index("USER") :])


def test_only_the_data_can_be_written() -> None:
    last = stages()[-1]
    assert said(last, "VOLUME") == ["/var/lib/smartby"]
    (copied,) = said(last, "COPY")
    assert "--chown" not in copied, "the program belongs to root"
    environment = " ".join(said(last, "ENV"))
    assert "SMARTBY_DATA=/var/lib/smartby" in environment
    assert "PYTHONDONTWRITEBYTECODE=1" in environment


def test_it_tells_whether_it_is_ready_and_stops_as_it_should() -> None:
    last = stages()[-1]
    assert "/readyz" in said(last, "HEALTHCHECK")[0]
    assert said(last, "STOPSIGNAL") == ["SIGTERM"]
    command = json.loads(said(last, "CMD")[0])
    unit = shlex.split(read_unit("smartby-web@.service")["Service"]["ExecStart"])
    assert command[1:] == unit[1:]


def test_no_secret_and_nothing_from_elsewhere_is_baked_in() -> None:
    text = FILE.read_text()
    assert not re.search(r"\b(ADD|ARG)\b|curl|wget|https?://(?!127)", text)
    for name in ("SECRET_KEY", "DATABASE_URL", "SMTP_URL", "TOKEN"):
        assert name not in text


def test_what_goes_in_is_listed_and_is_there() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in lines, "what is not named stays out: var/, .git/, .env"
    wanted = [line[1:] for line in lines if line.startswith("!")]
    assert [name for name in wanted if not (ROOT / name).exists()] == []
    # What `tools.prepare run` reads to install and build.
    assert {"setup.cfg", "constraints.txt", "package-lock.json", "babel.cfg"} <= set(wanted)
    assert {"smartby", "migrations", "wsgi.py", "deploy"} <= set(wanted)


@pytest.mark.timeout(1_200)
def test_it_is_built_where_there_is_an_engine() -> None:
    engine = next((name for name in ("podman", "docker") if _answers(name)), None)
    if engine is not None:
        command = [engine, "build", "--file", str(FILE), "--tag", "smartby:test", str(ROOT)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def _answers(engine: str) -> bool:
    found = shutil.which(engine)
    return bool(found) and subprocess.run([engine, "info"], capture_output=True).returncode == 0
