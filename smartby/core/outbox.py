"""Numbering and storing what a transaction has posted: gapless, last before the commit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import TextClause, delete, insert, text, update
from sqlalchemy.orm import Session

from .clock import now
from .models import Outbox, Stream

INSERT = insert(Outbox.__table__)  # type: ignore[arg-type]
FAR = 1_000_000  # more than any page can be ahead of a backup
AHEAD = update(Stream).values(seq=Stream.seq + FAR)


@dataclass(frozen=True, slots=True)
class Post:
    """One event for one audience, not yet numbered."""

    stream: str
    type: str
    payload: dict[str, Any]


def write_outbox(session: Session, posts: list[Post]) -> dict[str, int]:
    """Number the posts and write them; return each stream's newest number."""
    if not posts:
        return {}
    heads = _take_numbers(session, Counter(post.stream for post in posts))
    left = dict(heads)
    rows = []
    for post in reversed(posts):
        rows.append(
            {
                "stream": post.stream,
                "seq": left[post.stream],
                "type": post.type,
                "payload": post.payload,
                "created_at": now(),
            }
        )
        left[post.stream] -= 1
    session.execute(INSERT, rows[::-1])
    return heads


def _take_numbers(session: Session, wanted: Counter[str]) -> dict[str, int]:
    # Names in order: two transactions with the same streams never wait for each other in a ring.
    names = sorted(wanted)
    values: dict[str, Any] = {}
    for place, name in enumerate(names):
        values[f"n{place}"], values[f"k{place}"] = name, wanted[name]
    rows = session.execute(_numbering(len(names)), values).all()
    return {row.name: row.seq for row in rows}


@cache
def _numbering(count: int) -> TextClause:
    # Constant per number of streams; a multi-row insert().values() would be compiled at each call.
    rows = ", ".join(f"(:n{place}, :k{place})" for place in range(count))
    return text(
        f"INSERT INTO stream (name, seq) VALUES {rows} ON CONFLICT (name)"  # noqa: S608
        " DO UPDATE SET seq = stream.seq + excluded.seq RETURNING name, seq"
    )


def renumber(session: Session) -> int:
    """Start every stream anew, far ahead of what any page has seen; return how many there are.

    For a database that was put back to an earlier state: whatever number a page asks from, it is
    told to read itself anew.
    """
    session.execute(delete(Outbox))
    return int(session.execute(AHEAD).rowcount)  # type: ignore[attr-defined]
