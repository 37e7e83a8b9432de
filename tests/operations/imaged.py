"""The image without an engine: what goes in, laid out and served by the Containerfile's words."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.operations.deployed import DEPLOY
from tests.serving import ROOT, Smartby
from tools.processes import start

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


def command(verb: str) -> list[str]:
    """What the image runs as its CMD or its HEALTHCHECK."""
    (rest,) = said(stages()[-1], verb)
    words: list[str] = json.loads(rest[rest.index("[") :])
    return words


def variables() -> dict[str, str]:
    """What the image sets for all that it runs."""
    pairs = shlex.split(" ".join(said(stages()[-1], "ENV")))
    return dict(pair.split("=", 1) for pair in pairs)


def goes_in() -> Iterator[Path]:
    """The files that `COPY . .` takes: those of .dockerignore's names, less what it takes out."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    words = [line for line in lines if line and line != "*" and line[0] != "#"]
    wanted = [ROOT / word[1:] for word in words if word.startswith("!")]
    out = [word for word in words if not word.startswith("!")]
    for path in wanted:
        for file in path.rglob("*") if path.is_dir() else [path]:
            if file.is_file() and not _is_out(file.relative_to(ROOT), out):
                yield file


class Imaged(Smartby):
    """A server of the image's files alone, with its settings and its command."""

    def __init__(self) -> None:
        super().__init__()
        self.home = self.folder / "image"
        kept = {name: os.environ[name] for name in ("HOME",) if name in os.environ}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.defpath])
        given = {"PATH": path, "HOST": "127.0.0.1", "PORT": str(self.port)}
        given["SMARTBY_DATA"] = str(self.folder / "data")
        self.env = {**kept, **variables(), **given}
        self.command = command("CMD")

    def launch(self) -> None:
        self.lay_out()
        self.install()
        self.serve()

    def lay_out(self) -> None:
        """Copy what goes in, and what the build makes of it."""
        made = [*ROOT.glob("smartby/static/dist/*"), *ROOT.glob("smartby/translations/**/*.mo")]
        for file in [*goes_in(), *made]:
            target = self.home / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)
        shutil.rmtree(self.home / "tools")

    def plant(self) -> None:
        """Add a town, as one would: the tests' people are not in the image."""
        self._run("-m", "flask", "town", "add", "4601")

    def serve(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = start(self.command, env=self.env, cwd=self.home, output=log)
        self.wait_until(self._healthy)

    def check(self) -> int:
        """Run the health check; return its exit status."""
        done = subprocess.run(command("HEALTHCHECK"), env=self.env, cwd=self.home)
        return done.returncode

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["python", *arguments], cwd=self.home, env=self.env, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)
        return done.stdout.strip()


def _is_out(file: Path, patterns: list[str]) -> bool:
    names = [str(file), *(str(parent) for parent in file.parents)]
    plain = [pattern.removeprefix("**/") for pattern in patterns]
    return any(fnmatch(name, pattern) for name in names + list(file.parts) for pattern in plain)
