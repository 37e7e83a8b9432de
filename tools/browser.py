"""A Chromium for the tests: the one that an npm package carries, else the machine's own.

The package's is a headless shell. A whole Chromium draws its own windows too, and the journeys
took half as long again with it on two cores; where there is one, nothing is fetched all the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from tools import frontend, node
from tools.environment import SetupError
from tools.servers import system_chromium
from tools.stamps import ROOT

FOLDER = ROOT / "tests" / "browser"
UNPACKED = FOLDER / "node_modules" / ".chromium"
PROGRAM = UNPACKED / "run"
# Bare machines lack NSS and fonts: the package brings both. The system's own are better.
START = """#!/bin/sh
here=$(dirname "$0")
if ldd "$here/chromium" 2>/dev/null | grep -q 'not found'; then
    LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    export LD_LIBRARY_PATH
fi
if [ ! -d /etc/fonts ]; then
    FONTCONFIG_FILE="$here/fonts.conf"
    export FONTCONFIG_FILE
fi
exec "$here/chromium" "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def path() -> Path | None:
    """Return the Chromium to test with, or None when there is none yet."""
    return PROGRAM if PROGRAM.exists() else system_chromium()


def is_carried(program: Path) -> bool:
    """Say whether this is the npm package's Chromium, which is a headless shell."""
    return program == PROGRAM


def ensure() -> None:
    """Make sure that there is a Chromium, in CI the quick one; raise SetupError."""
    if PROGRAM.exists() or (system_chromium() is not None and not os.environ.get("CI")):
        return
    program = node.ensure()
    frontend.install(FOLDER, program)
    print("Unpacking Chromium …", flush=True)
    shutil.rmtree(UNPACKED, ignore_errors=True)
    UNPACKED.mkdir(parents=True)
    command = [str(program), str(FOLDER / "unpack.mjs"), str(UNPACKED)]
    if subprocess.run(command, env=node.variables(program)).returncode != 0:
        raise SetupError("Chromium could not be unpacked.")
    for packed in sorted(UNPACKED.glob("*.tar")):
        with tarfile.open(packed) as archive:
            # Python 3.11.0-3.11.3 does not know filters; the package is locked by its digest.
            safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
            archive.extractall(UNPACKED, **safely)  # type: ignore[arg-type]  # noqa: S202
        packed.unlink()
    (UNPACKED / "fonts.conf").write_text(FONTS)
    PROGRAM.write_text(START)
    PROGRAM.chmod(0o755)
