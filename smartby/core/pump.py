"""The only place that emits: reads the outbox and sends batches to this process' sockets."""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from sqlalchemy import text

from ..extensions import db, socketio
from .live import TOTALS, Batch, batch, events, heads

log = logging.getLogger(__name__)

SPACING = 0.05  # seconds between two batches of a stream
SHARE = 2  # times what the last batch took until the next: half of a process' time, at most
TOTALS_SPACING = 0.2  # the same, when a batch would hold nothing but totals
BEAT = 1.0  # how often the database is asked even if no bell rang
SQLITE_TICK = 0.03  # how often SQLite's change counter is looked at
ACCESS_CHANGED = "access.changed"
_beats: list[Callable[[], None]] = []


def on_beat(work: Callable[[], None]) -> Callable[[], None]:
    """Register what each process that has sockets does once a second; quick, and nothing stored."""
    _beats.append(work)
    return work


class Pump:
    """Which streams this process' sockets follow, what has been sent, and what is waiting."""

    def __init__(self) -> None:
        self.app: Flask | None = None
        self.rooms: dict[str, dict[str, set[str]]] = {}  # stream → language → sids
        self.sids: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.sent: dict[str, int] = {}
        self.dirty: set[str] = set()
        self.not_before: dict[str, float] = {}
        self.bell = threading.Event()
        self.running = False

    def start(self, app: Flask) -> None:
        """Start the loop in this worker, once; never under test."""
        if self.running or app.testing:
            return
        self.running = True
        self.app = app
        socketio.start_background_task(self._run)

    def track(self, streams: Iterable[str], lang: str, sid: str) -> dict[str, int]:
        """Let a socket follow streams; return the number up to which each has been sent."""
        for stream in streams:
            self.rooms.setdefault(stream, {}).setdefault(lang, set()).add(sid)
            self.sids[sid].add((stream, lang))
        unknown = [stream for stream in streams if stream not in self.sent]
        for stream, newest in (heads(unknown) if unknown else {}).items():
            # Greenlets switch during the query: somebody else may have been first.
            self.sent.setdefault(stream, newest)
        return {stream: self.sent[stream] for stream in streams}

    def forget(self, sid: str, only: str | None = None) -> None:
        """Let a socket go from one stream or from all."""
        for stream, lang in list(self.sids.get(sid, ())):
            if only in (None, stream):
                self._leave(stream, lang, sid)
        if not self.sids.get(sid):
            self.sids.pop(sid, None)

    def _leave(self, stream: str, lang: str, sid: str) -> None:
        self.sids[sid].discard((stream, lang))
        rooms = self.rooms.get(stream, {})
        rooms.get(lang, set()).discard(sid)
        if not rooms.get(lang):
            rooms.pop(lang, None)
        if not rooms:
            for table in (self.rooms, self.sent, self.not_before):
                table.pop(stream, None)
            self.dirty.discard(stream)

    def reset(self) -> None:
        """Forget everything (between tests)."""
        for table in (self.rooms, self.sids, self.sent, self.dirty, self.not_before):
            table.clear()

    def ring(self, newest: dict[str, int]) -> None:
        """Hear that streams have grown; cheap, called after each commit."""
        for stream, seq in newest.items():
            if stream in self.rooms and seq > self.sent.get(stream, -1):
                self.dirty.add(stream)
        if self.dirty:
            self.bell.set()

    def drain(self, all_streams: bool = True) -> int:
        """Send what is waiting, asking the database about all streams; return the batches sent."""
        if all_streams and self.rooms:
            self._compare(dict(self.sent))
        waiting, self.dirty = self.dirty, set()
        return sum(self._send(stream) for stream in sorted(waiting))

    def _compare(self, sent: dict[str, int]) -> None:
        # `sent` is from before the question: what was sent meanwhile cannot make a stream look old.
        for stream, newest in heads(list(self.rooms)).items():
            if stream in self.rooms and newest > self.sent.get(stream, newest):
                self.dirty.add(stream)
            elif newest < sent.get(stream, 0):
                # Put back to an earlier state: whoever asks again is told to read the page anew.
                self._disconnect(stream)

    def _send(self, stream: str) -> int:
        if stream not in self.rooms:
            return 0
        moment = time.monotonic()
        rows = events(stream, self.sent[stream])
        # Look again: the last follower may have left during the query.
        if not rows or stream not in self.rooms or self._too_early(stream, rows, moment):
            return 0
        count, alone = 0, self._only_follower(stream)
        for lang in list(self.rooms[stream]):
            self._emit(stream, lang, batch(stream, rows, lang, answered=alone))
            count += 1
        if stream in self.rooms:
            self.sent[stream] = rows[-1].seq
            took = time.monotonic() - moment
            self.not_before[stream] = moment + max(SPACING, SHARE * took)
        self._after_send(stream, {row.type for row in rows})
        return count

    def _only_follower(self, stream: str) -> str:
        sids = [sid for room in self.rooms[stream].values() for sid in room]
        return sids[0] if len(sids) == 1 else ""

    def _too_early(self, stream: str, rows: list[Any], moment: float) -> bool:
        if not self.running:
            return False
        earliest = self.not_before.get(stream, 0.0)
        if all(row.type in TOTALS for row in rows) and earliest:
            earliest += TOTALS_SPACING - SPACING
        if moment < earliest:
            self.dirty.add(stream)
            return True
        return False

    def _emit(self, stream: str, lang: str, content: Batch) -> None:
        socketio.emit("batch", content, to=f"{stream}|{lang}")

    def volatile(self, stream: str, **totals: int) -> None:
        """Send passing totals (who is writing): never stored, the newest counts."""
        for lang in list(self.rooms.get(stream, {})):
            socketio.emit("totals", {"stream": stream, **totals}, to=f"{stream}|{lang}")

    def dismiss(self, within: float) -> None:
        """Have every page come back, each at a moment of its own within so many seconds."""
        socketio.emit("drain", {"within_ms": round(1000 * within)})

    def _after_send(self, stream: str, types: set[str]) -> None:
        if ACCESS_CHANGED not in types:
            return
        # Signed out, blocked or another role: the socket's rights are no longer what they were.
        self._disconnect(stream)

    def _disconnect(self, stream: str) -> None:
        for lang in list(self.rooms.get(stream, {})):
            for sid in list(self.rooms.get(stream, {}).get(lang, ())):
                socketio.server.disconnect(sid)

    def _run(self) -> None:
        assert self.app is not None  # noqa: S101 - set by start()
        counter = _change_counter(self.app)
        beat = 0.0
        while self.running:
            rang = self.bell.wait(self._pause(counter is not None))
            self.bell.clear()
            changed = counter() if counter and self.rooms else False
            due = time.monotonic() - beat >= BEAT
            if not (rang or changed or due or self.dirty):
                continue
            beat = time.monotonic() if due else beat
            try:
                with self.app.app_context():
                    self.drain(all_streams=changed or due)
                if due:
                    for work in _beats:
                        work()
            except Exception:
                log.exception("the pump stumbled; it goes on")
                socketio.sleep(0.2)

    def _pause(self, sqlite: bool) -> float:
        if self.dirty:
            return 0.01
        return SQLITE_TICK if sqlite and self.rooms else BEAT


def cut(sid: str) -> None:
    """Cut a socket's connection, whatever still waits to be sent on it."""
    engine_sid = socketio.server.manager.eio_sid_from_sid(sid, "/")
    raw = socketio.server.environ.get(engine_sid, {}).get("wsgi.websocket")
    if raw is not None:  # under test there is no connection
        raw.abort()


def _change_counter(app: Flask) -> Any:
    """Return a function that tells whether the SQLite file changed since the last call, or None."""
    with app.app_context():
        engine = db.engines["read"]
        if engine.dialect.name != "sqlite":
            return None
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    seen = [0]

    def changed() -> bool:
        version = connection.execute(text("PRAGMA data_version")).scalar_one()
        connection.rollback()
        before, seen[0] = seen[0], version
        return bool(before != version)

    return changed


pump = Pump()
