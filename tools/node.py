"""Node: the machine's own when it is 20 or newer, else the one that a wheel carries."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools import environment

OLDEST = 20


def find() -> Path | None:
    """Return a Node that is new enough, from PATH or from the virtual environment, or None."""
    folders = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{environment.VENV / 'bin'}"
    for folder in folders.split(os.pathsep):
        node = shutil.which("node", path=folder)
        if node and shutil.which("npm", path=folder) and _major(node) >= OLDEST:
            return Path(node)
    return None


def ensure() -> Path:
    """Return a Node that is new enough, installing the wheel when the machine has none."""
    found = find()
    if found is None:
        environment.ensure("node")
        found = find()
    if found is None:
        raise environment.SetupError(f"Node {OLDEST} or newer was neither found nor installed.")
    return found


def variables(node: Path) -> dict[str, str]:
    """Return the environment for npm: this Node first on PATH."""
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, "PATH": path, "NO_UPDATE_NOTIFIER": "1"}


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True)
    number = answer.stdout.strip().removeprefix("v").split(".")[0]
    return int(number) if number.isdigit() else 0
