"""/metrics: for this host and whoever has the token, and added up over all workers."""

from __future__ import annotations

import re
import urllib.request

import pytest
from flask import Flask

from smartby.core import mail
from smartby.core.transaction import transaction
from smartby.operations import pulse
from tests.people import Visitor
from tests.serving import Smartby

TOKEN = "et-langt-ord-som-ingen-gjetter"


@pytest.fixture
def guarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.config, "METRICS_TOKEN", TOKEN)
    return app


def test_this_host_reads_the_figures(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.gets("/havnvik/log")
    answer = visitor.gets("/metrics")
    said = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    assert answer.headers["Cache-Control"] == "no-store"
    page = r'smartby_requests_total\{method="GET",route="/<town>/log",status="200"\} [1-9]'
    assert re.search(page, said)
    assert 'smartby_request_seconds_bucket{le="0.1",route="/<town>/log"}' in said
    for name in ("smartby_slow_queries_total", "smartby_sockets", "smartby_mail_waiting 0.0"):
        assert name in said


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Authorization": "Bearer galt"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer"},
    ],
)
def test_whoever_comes_through_a_proxy_or_guesses_sees_no_page(
    app: Flask, headers: dict[str, str]
) -> None:
    answer = Visitor(app).gets("/metrics", headers=headers)
    assert answer.status_code == 404
    assert "smartby_requests" not in answer.get_data(as_text=True)


def test_whoever_comes_from_another_host_sees_no_page(app: Flask) -> None:
    answer = app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.5"})
    assert answer.status_code == 404


def test_the_token_opens_from_anywhere_and_nothing_else_does(guarded: Flask) -> None:
    far = {"X-Forwarded-For": "203.0.113.5"}
    for given, status in ((f"Bearer {TOKEN}", 200), (f"Bearer {TOKEN}x", 404), (TOKEN, 404)):
        answer = Visitor(guarded).gets("/metrics", headers={**far, "Authorization": given})
        assert answer.status_code == status


def test_mails_and_signs_of_life_are_looked_up(app: Flask) -> None:
    with app.app_context(), transaction():
        mail.write("kari@example.no", "Hei", "Hei", "nb")
        pulse.beat(pulse.JOBS)
    said = Visitor(app).gets("/metrics").get_data(as_text=True)
    assert "smartby_mail_waiting 1.0" in said
    assert "smartby_jobs_age_seconds" in said
    assert "kari" not in said


def test_all_workers_are_added_up() -> None:
    with Smartby(workers=2) as server:
        for _ in range(12):
            urllib.request.urlopen(f"{server.url}/principles").read()
        for _ in range(4):
            said = urllib.request.urlopen(f"{server.url}/metrics").read().decode()
            counted = re.search(
                r'_total\{method="GET",route="/principles",status="200"\} (\d+)', said
            )
            assert counted
            assert int(counted[1]) == 12
