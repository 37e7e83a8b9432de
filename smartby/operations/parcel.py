"""The file a town travels in: gzipped lines of JSON, counted and hashed to the last one."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import orjson
from sqlalchemy import Table
from sqlalchemy.types import DateTime, TypeDecorator

FORMAT = 1
Row = dict[str, Any]


class Spoilt(click.ClickException):
    """The file is not a town, or not a whole one; the message says why."""


class Writer:
    """Writes rows and remembers what it has written."""

    def __init__(self, file: Any, head: Row) -> None:
        self.file, self.hash, self.counts = file, hashlib.sha256(), Counter[str]()
        self._line({"format": FORMAT, **head})

    def add(self, table: str, row: Row) -> None:
        """Write a row of a table."""
        self.counts[str(table)] += 1
        # Columns' names are more than words, and JSON takes no more than words.
        self._line([table, {str(name): value for name, value in row.items()}])

    def end(self) -> None:
        """Write how much there is and what it hashes to."""
        self._line({"rows": dict(self.counts), "sha256": self.hash.hexdigest()})

    def _line(self, content: Any) -> None:
        line = orjson.dumps(content) + b"\n"
        self.hash.update(line)
        self.file.write(line)


@contextmanager
def writing(path: Path, head: Row) -> Iterator[Writer]:
    """Open a new file that nobody else may read; a file that is there holds a whole town."""
    draft = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
                writer = Writer(file, head)
                yield writer
                writer.end()
            raw.flush()
            os.fsync(raw.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def read_head(path: Path) -> Row:
    """Look the whole file through and return its first line; raise Spoilt."""
    head: Any = None
    counts: Counter[str] = Counter()
    hashed, last = hashlib.sha256(), b""
    for line in _lines(path):
        if last:
            hashed.update(last)
            content = orjson.loads(last)
            head = head or content
            counts.update(content[:1] if isinstance(content, list) else ())
        last = line
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise Spoilt(f"{path} is no town that this version can read.")
    end = orjson.loads(last)
    if not isinstance(end, dict) or end != {"rows": counts, "sha256": hashed.hexdigest()}:
        raise Spoilt(f"{path} is not whole: its end is missing, or something in it was changed.")
    return head


def read_rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield every row with its table's name, in the order they were written."""
    for line in _lines(path):
        content = orjson.loads(line)
        if isinstance(content, list):
            yield content[0], content[1]


def revived(table: Table, row: Row) -> Row:
    """Return a row with moments where JSON has words."""
    moments = [column.key for column in table.c if _is_moment(column.type)]
    return row | {key: datetime.fromisoformat(row[key]) for key in moments if row[key] is not None}


def _is_moment(kind: Any) -> bool:
    return isinstance(kind.impl if isinstance(kind, TypeDecorator) else kind, DateTime)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with closing(gzip.open(path, "rb")) as file:
            yield from file
    except (OSError, EOFError, orjson.JSONDecodeError) as error:
        raise Spoilt(f"{path} cannot be read: {error}") from error
