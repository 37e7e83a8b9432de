"""A control group for drills of Redis: somebody who knows only what Redis has told."""

from __future__ import annotations

import threading
from typing import Self

import orjson
import redis

from smartby.core.doorbell import CHANNEL
from tests.drills.stack import Stack, until


class Bells(threading.Thread):
    """Hears the doorbells that the instances ring each other, and asks nobody else."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(daemon=True)
        self.stack = stack
        self.newest: dict[str, int] = {}
        self.ending = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        until(lambda: bool(self.newest), "a bell is heard")
        return self

    def __exit__(self, *_error: object) -> None:
        self.ending.set()
        self.join(10)

    def run(self) -> None:
        """Listen, and listen again when Redis is back."""
        while not self.ending.wait(0.2):
            try:
                self._listen()
            except redis.RedisError:
                continue

    def behind(self) -> int:
        """Count the events that Redis has not told of."""
        heads = self.stack.asks("SELECT name, seq FROM stream")
        known = self.newest
        return sum(seq - known[name] for name, seq in heads if name in known)

    def _listen(self) -> None:
        with redis.Redis.from_url(self.stack.redis_url) as client, client.pubsub() as heard:
            heard.subscribe(CHANNEL)
            while not self.ending.is_set():
                said = heard.get_message(ignore_subscribe_messages=True, timeout=0.2)
                if said:
                    self.newest |= orjson.loads(said["data"])["heads"]
