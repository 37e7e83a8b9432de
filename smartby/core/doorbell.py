"""Ringing the other processes through Redis: a hint; lost, it costs a second and no event."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from typing import Any

import orjson
import redis
from flask import Flask

from ..extensions import socketio
from .pump import pump

log = logging.getLogger(__name__)

CHANNEL = "smartby:bell"
MOST_WORDS = 1_000  # waiting for a Redis that is away; they pass anyway

_hearings: dict[str, Callable[[Any], None]] = {}


def hears(name: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register what this process does with passing words of the others; nothing that matters."""

    def register(hearing: Callable[[Any], None]) -> Callable[[Any], None]:
        _hearings[name] = hearing
        return hearing

    return register


class Doorbell:
    """A greenlet that publishes what has grown, and one that listens."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(8)
        self.waiting: dict[str, int] = {}
        self.words: list[tuple[str, Any]] = []
        self.wake = threading.Event()
        self.url = ""

    def start(self, app: Flask) -> None:
        """Start both loops in this worker when REDIS_URL is set; never under test."""
        if self.url or app.testing or not app.config["REDIS_URL"]:
            return
        self.url = app.config["REDIS_URL"]
        socketio.start_background_task(self._publish)
        socketio.start_background_task(self._listen)

    def ring(self, heads: dict[str, int]) -> None:
        """Remember what has grown; a frozen Redis must cost a request nothing."""
        if self.url:
            self.waiting.update(heads)
            self.wake.set()

    def tell(self, name: str, word: Any) -> None:
        """Tell the other processes something that passes."""
        if self.url and len(self.words) < MOST_WORDS:
            self.words.append((name, word))
            self.wake.set()

    def hear(self, data: bytes) -> None:
        """Take in what a process has published; one's own words are known already."""
        said = orjson.loads(data)
        pump.ring(said["heads"])
        if said["from"] != self.name:
            for name, word in said["words"]:
                if name in _hearings:  # a newer process may say more than this one knows
                    _hearings[name](word)

    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=5, socket_connect_timeout=2)

    def _publish(self) -> None:
        client = self._client()
        while True:
            self.wake.wait()
            self.wake.clear()
            heads, self.waiting = self.waiting, {}
            words, self.words = self.words, []
            said = {"from": self.name, "heads": heads, "words": words}
            try:
                client.publish(CHANNEL, orjson.dumps(said))
            except redis.RedisError:
                log.warning("the doorbell could not be rung; the others ask by themselves")
                socketio.sleep(0.5)

    def _listen(self) -> None:
        while True:
            try:
                self._hear()
            except redis.RedisError:
                log.warning("the doorbell is not heard; asking the database instead")
            socketio.sleep(1.0)

    def _hear(self) -> None:
        listener = self._client().pubsub(  # type: ignore[no-untyped-call]
            ignore_subscribe_messages=True
        )
        listener.subscribe(CHANNEL)
        try:
            while True:
                message = listener.get_message(timeout=4.0)
                if message:
                    self.hear(message["data"])
        finally:
            listener.close()


doorbell = Doorbell()
