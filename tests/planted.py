"""Planted installations: each kind is made once in a test run, by who needs it first, then copied.

The processes of a run share a folder of them; the first of them makes it and takes it away.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tools import servers

_SHARED = "PLANTED"  # in the environment, so that pytest's workers find the folder


def folder() -> Path:
    """Return the folder that this run's processes share; whoever asks first makes it."""
    if _SHARED not in os.environ:
        os.environ[_SHARED] = tempfile.mkdtemp(prefix="sb-planted-")
        atexit.register(shutil.rmtree, os.environ[_SHARED], ignore_errors=True)
    return Path(os.environ[_SHARED])


def copied(kind: str, env: Mapping[str, str], make: Callable[[], None]) -> None:
    """Let an installation be a copy of the planted one of its kind; if there is none, make it.

    `env` says where its files and its database are: nothing is there yet.
    """
    url = env["DATABASE_URL"].replace("+psycopg", "")
    planted = folder() / f"{kind}-{'postgresql' if url else 'sqlite'}"
    with planted.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if planted.exists():
            _put_back(planted, Path(env["SMARTBY_DATA"]), url)
        else:
            make()
            _keep(planted, Path(env["SMARTBY_DATA"]), url)


def _keep(planted: Path, data: Path, url: str) -> None:
    draft = planted.with_suffix(".draft")
    # Nobody has the database open: files that are copied one after the other belong together.
    shutil.copytree(data, draft / "data")
    if url:
        _run("pg_dump", "--file", str(draft / "dump.sql"), url)
    draft.rename(planted)


def _put_back(planted: Path, data: Path, url: str) -> None:
    shutil.copytree(planted / "data", data, dirs_exist_ok=True)
    if url:
        quietly = ("--quiet", "--no-psqlrc", "--single-transaction", "--set", "ON_ERROR_STOP=1")
        _run("psql", *quietly, "--output", os.devnull, "--file", str(planted / "dump.sql"), url)


def _run(program: str, *arguments: str) -> None:
    programs = servers.postgres_folder()
    assert programs is not None
    done = subprocess.run([programs / program, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)
