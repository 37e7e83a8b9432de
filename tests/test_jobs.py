"""The job worker: mail leaves soon after it was written, and no task in the queue is code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from smartby import create_app, jobs
from smartby.extensions import db
from tests.serving import ROOT, Smartby
from tools.processes import start, stop


@pytest.fixture
def queued(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        {"DATA": str(tmp_path), "TESTING": True, "ASYNC": "threading", "SECRET_KEY": "x" * 40}
    )
    app.extensions["smartby-jobs"] = jobs.queue(app)
    yield app
    app.extensions["smartby-jobs"].storage.close()
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def test_a_task_in_the_queue_is_plain_json(queued: Flask) -> None:
    queue = queued.extensions["smartby-jobs"]
    with queued.app_context():
        jobs.wake_the_sender(None)  # type: ignore[arg-type]
    (raw,) = queue.storage.enqueued_items()
    assert b"send_mail" in bytes(raw)
    assert bytes(raw).startswith(b"[")
    task = queue.dequeue()
    assert type(task).__name__ == "send_mail"


def test_a_pickle_in_the_queue_is_refused(queued: Flask) -> None:
    import pickle

    with pytest.raises(ValueError, match="Expecting value|codec|utf"):
        queued.extensions["smartby-jobs"].serializer.deserialize(pickle.dumps(("x",)))


def test_a_step_that_fails_does_not_stop_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def step(name: str, error: Exception | None = None) -> Any:
        def run() -> None:
            done.append(name)
            if error:
                raise error

        run.__name__ = name
        return run

    monkeypatch.setattr(jobs, "send_waiting", step("mail", OSError()))
    for name in ("trim", "trim_mail", "trim_accounts"):
        monkeypatch.setattr(jobs, name, step(name))
    jobs.sweep()
    assert done == ["mail", "trim", "trim_mail", "trim_accounts"]


@pytest.mark.parametrize("queue", ["sqlite", "redis"])
def test_the_worker_sends_what_a_request_has_written(
    queue: str, request: pytest.FixtureRequest
) -> None:
    redis_url = request.getfixturevalue("redis_url") if queue == "redis" else ""
    with Smartby(redis_url=redis_url) as served:
        worker = start([sys.executable, "-m", "smartby.jobs"], env=served.env, cwd=ROOT)
        try:
            _asks_for_a_letter(served)
            folder = served.folder / "data" / "mail"
            served.wait_until(lambda: any(folder.glob("*.eml")))
            assert "kari@example.no" in next(folder.glob("*.eml")).read_text()
            assert worker.poll() is None
        finally:
            stop(worker)


def _asks_for_a_letter(served: Smartby) -> None:
    import re
    import urllib.parse
    import urllib.request
    from http.cookiejar import CookieJar

    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"{served.url}/sign-in/forgotten"
    page = opener.open(address).read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    fields = urllib.parse.urlencode({"csrf_token": token[1], "email": "kari@example.no"})
    asked = urllib.request.Request(address, fields.encode(), {"Origin": served.url})
    assert opener.open(asked).status == 200
