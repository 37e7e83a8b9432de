"""Ringing the other processes through Redis: a hint; lost, it costs a second and no event."""

from __future__ import annotations

import logging
import threading

import orjson
import redis
from flask import Flask

from ..extensions import socketio
from .pump import pump

log = logging.getLogger(__name__)

CHANNEL = "smartby:bell"


class Doorbell:
    """A greenlet that publishes what has grown, and one that listens."""

    def __init__(self) -> None:
        self.waiting: dict[str, int] = {}
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

    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=5, socket_connect_timeout=2)

    def _publish(self) -> None:
        client = self._client()
        while True:
            self.wake.wait()
            self.wake.clear()
            heads, self.waiting = self.waiting, {}
            try:
                client.publish(CHANNEL, orjson.dumps(heads))
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
                    pump.ring(orjson.loads(message["data"]))
        finally:
            listener.close()


doorbell = Doorbell()
