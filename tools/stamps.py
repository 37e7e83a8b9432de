"""What makes a second start quick: fingerprints of inputs, kept beside what was made from them."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """Return a digest of the files (folders: everything in them) and of the extra words."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(_files(paths)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def fresh(stamp: Path, wanted: str) -> bool:
    """Say whether the stamp was written for these inputs."""
    return stamp.is_file() and stamp.read_text() == wanted


@contextmanager
def alone() -> Iterator[None]:
    """Hold the only set-up lock, so that two calls of make do not build over each other."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in path.rglob("*") if _counts(file))
        elif path.is_file():
            yield path


def _counts(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts
