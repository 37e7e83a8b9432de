"""The virtual environment: created with the machine's Python, filled with locked versions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.stamps import ROOT, fingerprint, fresh

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "constraints.txt"


class SetupError(RuntimeError):
    """The machine lacks something; the message says what to do about it."""


def ensure(*extras: str) -> None:
    """Make the environment hold smartby and these extras; do nothing when it already does."""
    inputs = [ROOT / "setup.cfg", ROOT / "pyproject.toml", CONSTRAINTS]
    wanted = fingerprint(inputs, sys.version)
    stamps = [VENV / f".has-{name}" for name in ("smartby", *extras)]
    if PYTHON.exists() and all(fresh(stamp, wanted) for stamp in stamps):
        return
    _create()
    target = f".[{','.join(extras)}]" if extras else "."
    print(f"Installing the locked Python packages {target} …", flush=True)
    _pip("install", "--quiet", "--constraint", str(CONSTRAINTS), "--editable", target)
    for stamp in stamps:
        stamp.write_text(wanted)


def variables() -> dict[str, str]:
    """Return the environment for children: the virtual environment first on PATH."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, "VIRTUAL_ENV": str(VENV), "PATH": path, "FLASK_APP": "smartby"}


def _create() -> None:
    if PYTHON.exists() and _works(PYTHON):
        return
    print(f"Creating .venv with Python {sys.version.split()[0]} …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(
            "Python could not create a virtual environment. On Debian and Ubuntu: "
            f"apt-get install python3-venv.\n{made.stdout}{made.stderr}"
        )


def _works(python: Path) -> bool:
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(python), "-c", question], capture_output=True).returncode == 0


def _pip(*arguments: str) -> None:
    # Build dependencies (setuptools) are locked too.
    settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_CONSTRAINT": str(CONSTRAINTS)}
    command = [str(PYTHON), "-m", "pip", *arguments]
    if subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}).returncode != 0:
        raise SetupError("The Python packages could not be installed. Is the network there?")
