"""Signs of life: when something last happened that leaves no trace in the database, and where.

A file for each, in the data folder: what runs on one host is seen by all of it, and neither a
database nor Redis must answer for it to be written.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from ..core.clock import now

FOLDER = "pulse"
JOBS, BACKUP = "jobs", "backup"


@dataclass(frozen=True, slots=True)
class Pulse:
    """That something happened on a host at a moment."""

    what: str
    host: str
    at: datetime

    @property
    def age(self) -> timedelta:
        """How long ago it was."""
        return now() - self.at


def beat(what: str) -> None:
    """Tell that it happened here, now."""
    host = socket.gethostname()
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{what}@{host}.new"
    draft.write_text(json.dumps({"at": now().isoformat(), "host": host}))
    draft.replace(draft.with_suffix(""))


def pulses(what: str) -> list[Pulse]:
    """Return when it last happened on each host, the newest first."""
    return sorted(_read(what), key=lambda pulse: pulse.at, reverse=True)


def last(what: str) -> Pulse | None:
    """Return when and where it last happened, if it ever did."""
    return next(iter(pulses(what)), None)


def _read(what: str) -> Iterator[Pulse]:
    for path in _folder().glob(f"{what}@*"):
        if path.suffix != ".new":
            said = json.loads(path.read_text())
            yield Pulse(what, said["host"], datetime.fromisoformat(said["at"]))


def _folder() -> Path:
    return Path(current_app.config["DATA"]) / FOLDER
