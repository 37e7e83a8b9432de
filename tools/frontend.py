"""The front end: npm's locked packages, then the bundle in smartby/static/dist."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools import node
from tools.environment import SetupError
from tools.stamps import ROOT, fingerprint, fresh

DIST = ROOT / "smartby" / "static" / "dist"
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
SOURCES = [
    LOCK,
    ROOT / "package.json",
    ROOT / "designsystemet.config.json",
    ROOT / "tools" / "build.mjs",
    ROOT / "smartby" / "static" / "src",
]


def built() -> bool:
    """Say whether the bundle matches its sources."""
    return fresh(DIST / ".stamp", fingerprint(SOURCES))


def ensure() -> None:
    """Build the front end unless it is already built from these sources; raise SetupError."""
    if built():
        return
    program = node.ensure()
    install(ROOT, program)
    print("Building the front end …", flush=True)
    wanted = fingerprint(SOURCES)
    command = [str(program), "tools/build.mjs"]
    if subprocess.run(command, cwd=ROOT, env=node.variables(program)).returncode != 0:
        raise SetupError("The front end could not be built.")
    (DIST / ".stamp").write_text(wanted)


def install(folder: Path, program: Path) -> None:
    """Install a folder's locked npm packages unless they are there; raise SetupError."""
    wanted = fingerprint([folder / "package-lock.json"])
    stamp = folder / "node_modules" / ".stamp"
    if fresh(stamp, wanted):
        return
    print("Installing the locked npm packages …", flush=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=folder, env=node.variables(program)).returncode != 0:
        raise SetupError("The npm packages could not be installed. Is the network there?")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted)
