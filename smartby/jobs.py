"""Work outside requests: mail as soon as it is written, and a sweep every minute.

Run by `python -m smartby.jobs`; the queue is a SQLite file of its own, or Redis where there is one.
"""

from __future__ import annotations

import json
import logging
from logging.config import dictConfig
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer

from .accounts.retention import trim_accounts
from .core.mail import MailWritten, send_waiting, trim_mail
from .core.retention import trim
from .core.transaction import after
from .facilitation.retention import forget_participants
from .operations import pulse
from .operations.logs import CONFIG
from .outcomes.facts import Harvested
from .outcomes.letters import write_to_contributors
from .workshops.facts import LetterOwed
from .workshops.leads import trim_invitations
from .workshops.letters import write_letters
from .workshops.reminders import remind

log = logging.getLogger(__name__)


class JsonSerializer(Serializer):
    """Tasks as JSON: whoever can write to the queue must not be able to run code (no pickle)."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


def bind(app: Flask) -> None:
    """Give the app its queue; under test there is none, and tests send the mail themselves."""
    if not app.testing:
        app.extensions["smartby-jobs"] = queue(app)


def queue(app: Flask) -> Huey:
    """Open the queue and register the tasks on it."""
    opened = _open(app)

    @opened.task(name="send_mail")  # type: ignore[untyped-decorator]
    def send_mail() -> None:
        with app.app_context():
            send_waiting()

    @opened.task(name="write_letters")  # type: ignore[untyped-decorator]
    def write_owed() -> None:
        with app.app_context():
            write_letters()
            write_to_contributors()

    @opened.periodic_task(crontab(minute="*"), name="sweep")  # type: ignore[untyped-decorator]
    def sweep_every_minute() -> None:
        with app.app_context():
            sweep()
            pulse.beat(pulse.JOBS)

    opened.send_mail, opened.write_letters = send_mail, write_owed
    return opened


def _open(app: Flask) -> Huey:
    shared: dict[str, Any] = {"name": "smartby", "results": False, "serializer": JsonSerializer()}
    if app.config["REDIS_URL"]:
        return RedisHuey(url=app.config["REDIS_URL"], **shared)
    # What is lost in a crash is found by the sweep: no fsync, and nobody waits for the file.
    path = str(Path(app.config["DATA"]) / "queue.db")
    return SqliteHuey(filename=path, fsync=False, timeout=1, **shared)


@after(MailWritten)
def wake_the_sender(_fact: MailWritten) -> None:
    """Ask the worker to send what waits, without waiting for it."""
    opened = current_app.extensions.get("smartby-jobs")
    if opened is not None:
        opened.send_mail()


def wake_the_writer(_fact: Any) -> None:
    """Ask the worker to write the letters that are owed."""
    opened = current_app.extensions.get("smartby-jobs")
    if opened is not None:
        opened.write_letters()


for what in (LetterOwed, Harvested):
    after(what)(wake_the_writer)


def sweep() -> None:
    """Remind of tomorrow, write and send, forget the old; a step that fails stops no other."""
    work = (remind, write_letters, write_to_contributors, send_waiting)
    for step in (*work, trim, trim_mail, trim_accounts, trim_invitations, forget_participants):
        try:
            step()
        except Exception:
            log.exception("the sweep's step %s failed", step.__name__)


def main() -> None:
    """Work until told to stop."""
    from . import create_app

    app = create_app()
    if app.config["LOG_JSON"]:
        dictConfig(CONFIG)
    else:
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    app.extensions["smartby-jobs"].create_consumer(workers=1, initial_delay=0.1, max_delay=1).run()


if __name__ == "__main__":
    main()
