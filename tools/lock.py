"""Write constraints.txt: one exact version of everything, good on every Python we support."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from configparser import ConfigParser
from pathlib import Path

from tools.stamps import ROOT

PYTHONS = ("3.11", "3.12", "3.13")
BUILD = ["setuptools>=80"]
# Wheels for machines without their own; they do not exist for every Python.
SERVERS = ("postgresql", "redis", "node")
HEAD = "# Exact versions of everything, for Python {}. Written by `make lock`; do not edit.\n"


def requirements(servers: bool) -> list[str]:
    """Return what setup.cfg asks for: smartby and its tools, or the servers that wheels carry."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    extras = config["options.extras_require"]
    blocks = [extras[name] for name in extras if (name in SERVERS) == servers]
    if not servers:
        blocks.append(config["options"]["install_requires"])
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")] + BUILD


def resolve(python: str, wanted: list[str], constraints: dict[str, str]) -> dict[str, str]:
    """Return name → version as pip resolves it for this Python, from wheels only."""
    with tempfile.TemporaryDirectory() as folder:
        report, limits = Path(folder) / "report.json", Path(folder) / "limits.txt"
        limits.write_text(_lines(constraints))
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"]
        command += ["--ignore-installed", "--only-binary=:all:", "--python-version", python]
        command += ["--target", folder, "--report", str(report), "--constraint", str(limits)]
        subprocess.run([*command, *wanted], check=True)
        found = json.loads(report.read_text())["install"]
    return {item["metadata"]["name"].lower(): item["metadata"]["version"] for item in found}


def main() -> int:
    """Resolve for each Python, the oldest deciding the versions, and write the union."""
    versions: dict[str, str] = {}
    for python in PYTHONS:
        versions = {**resolve(python, requirements(servers=False), versions), **versions}
    versions |= resolve(PYTHONS[0], requirements(servers=True), versions)
    versions.pop("pip", None)
    text = HEAD.format(", ".join(PYTHONS)) + _lines(versions)
    (ROOT / "constraints.txt").write_text(text)
    print(f"constraints.txt: {len(versions)} packages")
    return 0


def _lines(versions: dict[str, str]) -> str:
    return "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))


if __name__ == "__main__":
    sys.exit(main())
