"""Where the tests' files go: into memory, where a machine has enough of it and says so.

A test run commits tens of thousands of times, and each commit waits for the disk: on a slow one
that was most of the run. Nothing that is tested here outlives a power cut.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - everything below it is made by tempfile
ENOUGH = 4 * 1024**3  # bytes; a run takes one of them at most
ROOM = 60  # characters: a unix socket's path may have 107 of them


def prepare() -> None:
    """Let temporary files of this process, and of those it starts, go where they are quick."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if "TMPDIR" not in os.environ and usable and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def folder(prefix: str) -> Path:
    """Make a temporary folder with a short path."""
    where = tempfile.gettempdir()
    return Path(tempfile.mkdtemp(prefix=prefix, dir=where if len(where) < ROOM else "/tmp"))  # noqa: S108
