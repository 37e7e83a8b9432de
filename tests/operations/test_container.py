"""The image: its rules hold in the file, and what goes in serves by the words of the file.

What needs an engine stands in test_image.py.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import urllib.request
from pathlib import Path

from tests.operations.deployed import environment, read_unit
from tests.operations.imaged import FILE, Imaged, command, goes_in, said, stages
from tests.serving import ROOT


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
    unit = shlex.split(read_unit("smartby-web@.service")["Service"]["ExecStart"])
    assert command("CMD")[1:] == unit[1:]


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


def test_what_goes_in_is_no_secret_and_no_rubbish() -> None:
    inside = {path.relative_to(ROOT).parts for path in goes_in()}
    tops = {parts[0] for parts in inside}
    assert not tops & {".git", ".venv", "var", "node_modules", "tests", ".env", "build", "bench"}
    assert not [parts for parts in inside if "__pycache__" in parts or "dist" in parts]


def test_what_goes_in_serves_and_its_check_tells_when_it_does_not() -> None:
    with Imaged() as imaged:
        assert Path(imaged.runs("import smartby; print(smartby.__file__)")).is_relative_to(
            imaged.home
        )
        with urllib.request.urlopen(f"{imaged.url}/bergen/", timeout=10) as page:
            styles = re.search(rb"/static/dist/app-\w+\.css", page.read())
        assert styles
        urllib.request.urlopen(imaged.url + styles[0].decode(), timeout=10).close()
        assert imaged.check() == 0
        imaged.halt()
        assert imaged.check() != 0


def test_settings_of_the_file_are_read_without_their_quotes_as_the_guide_says() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text()
    script = re.search(r'sed -n "(.*)" /etc/smartby/smartby\.env', guide)
    assert script
    told = subprocess.run(
        ["sed", "-n", script[1], str(FILE.parent / "smartby.env")], capture_output=True, text=True
    )
    pairs = dict(line.split("=", 1) for line in told.stdout.splitlines())
    assert pairs == environment()
