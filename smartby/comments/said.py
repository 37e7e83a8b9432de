"""A comment as pages and live events show it, and how comments are put together into threads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from ..core.clock import now
from ..core.fragments import fragment, remembered
from .access import EDIT_TIME

DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A comment's row and what the page knows besides: its town, and the reader's own state."""

    row: Row[Any]
    town: str
    useful: bool = False  # the reader finds it so
    mine: bool = False
    fresh: bool = True  # its author may still change it
    replies: Markup = Markup("")

    @property
    def deepest(self) -> bool:
        """Tell whether replies to it stand beside it."""
        return bool(self.row.depth >= DEEPEST)

    @property
    def editable_until(self) -> datetime:
        """When its author may no longer change it."""
        until: datetime = self.row.created_at + EDIT_TIME
        return until

    @property
    def removed(self) -> bool:
        """Tell whether somebody else than its author deleted it."""
        return bool(self.row.deleted_by_id != self.row.author_id)


def alone_html(said: Said) -> Markup:
    """Render a comment without replies, as everybody sees it, once per version and language."""
    row, fresh = said.row, now() < said.editable_until
    key = ("alone", row.id, row.version, row.useful_count, row.name, fresh)
    return fragment("comments/_comment.html", "comment", replace(said, fresh=fresh), *key)


def body_html(said: Said) -> Markup:
    """Render what changes in a comment when it is edited or deleted."""
    row = said.row
    return fragment("comments/_body.html", "comment", said, row.id, row.version, row.name)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a discussion, as far as it shows."""

    town: str
    id: int | None = None
    useful: Collection[int] = ()


def threads_html(
    rows: Iterable[Row[Any]], first: Sequence[int], reader: Reader, *, links: bool = True
) -> list[Markup]:
    """Put rows together into threads; `first` are the first-level comments in their order.

    With `links`, a thread of which only the first replies are given leads to the rest.
    """
    by_id = {row.id: row for row in rows}
    under: dict[int, list[int]] = defaultdict(list)
    for number in sorted(by_id):
        row = by_id[number]
        if row.root_id is not None:
            # A reply whose parent is on another page stands directly under the first comment.
            under[row.parent_id if row.parent_id in by_id else row.root_id].append(number)
    threads = Threads(by_id, under, reader, links, now() - EDIT_TIME)
    return [threads.thread(number) for number in first]


@dataclass(frozen=True, slots=True)
class Threads:
    """Comments by number, and which stand under which."""

    by_id: dict[int, Row[Any]]
    under: dict[int, list[int]]
    reader: Reader
    links: bool
    fixed: datetime  # what was written before it can no longer be changed

    def thread(self, number: int) -> Markup:
        """Render a thread, or take it from where it was rendered for somebody who sees the same."""
        shown = tuple(self._states(number))
        key = ("thread", self.reader.town, self.links, self.by_id[number].reply_count, shown)
        return remembered(key, lambda: self.html(number))

    def html(self, number: int) -> Markup:
        """Render a comment with all that is shown under it."""
        row = self.by_id[number]
        replies = Markup("").join(self.html(reply) for reply in self.under[number])
        if row.root_id is None and self.links:
            replies += _more(row, self._shown(number), self.reader.town)
        useful, mine, fresh = self._own(row)
        said = Said(row, self.reader.town, useful, mine, fresh, replies)
        return fragment("comments/_comment.html", "comment", said)

    def _states(self, number: int) -> Iterator[tuple[Any, ...]]:
        row = self.by_id[number]
        yield (number, row.version, row.useful_count, row.name, *self._own(row))
        for reply in self.under[number]:
            yield from self._states(reply)

    def _own(self, row: Row[Any]) -> tuple[bool, bool, bool]:
        """Tell whether the reader finds it useful, wrote it, and whether it may be changed."""
        mine = row.author_id == self.reader.id
        return row.id in self.reader.useful, mine, row.created_at > self.fixed

    def _shown(self, number: int) -> int:
        return sum(1 + self._shown(reply) for reply in self.under[number])


def _more(row: Row[Any], shown: int, town: str) -> Markup:
    if shown >= row.reply_count:
        return Markup("")
    more = {"root": row.id, "count": row.reply_count, "town": town}
    return fragment("comments/_more.html", "more", more, row.id, row.reply_count, town)
