"""Mail: written with the change, sent once, tried again later, never able to hold up the queue."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from smartby.core import mail
from smartby.core.clock import now
from smartby.core.mail import Mail, mail_folder, send_waiting, trim_mail, write
from smartby.core.transaction import perform
from smartby.extensions import db
from tests.corpora.hostile_text import HOSTILE


@pytest.fixture(autouse=True)
def no_files(app: Flask) -> None:
    with app.app_context():
        for path in mail_folder().glob("*.eml"):
            path.unlink()


def queue(app: Flask, *subjects: str, to: str = "kari@example.no") -> None:
    with app.app_context():
        for subject in subjects:
            perform(write, to, subject, "Hei\n", "nb")


def sent(app: Flask) -> list[str]:
    with app.app_context():
        return [path.read_text() for path in sorted(mail_folder().glob("*.eml"))]


def test_what_waits_is_sent_once_and_its_text_forgotten(app: Flask) -> None:
    queue(app, "En", "To")
    with app.app_context():
        assert (send_waiting(), send_waiting()) == (2, 0)
        assert set(db.session.scalars(select(Mail.body))) == {""}
    assert ["Subject: En" in sent(app)[0], "Subject: To" in sent(app)[1]] == [True, True]


def test_a_change_that_is_undone_sends_nothing(app: Flask) -> None:
    def fail() -> None:
        write("kari@example.no", "Aldri", "Hei\n", "nb")
        raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            perform(fail)
        assert send_waiting() == 0


@pytest.mark.parametrize("address", ["a@b.no\r\nBcc: x@evil.example", "a b@c.no", "", "a@b.no\n"])
def test_an_address_is_one_word(app: Flask, address: str) -> None:
    with app.app_context(), pytest.raises(ValueError, match="one word"):
        perform(write, address, "Hei", "Hei\n", "nb")


def test_no_text_makes_a_header(app: Flask) -> None:
    texts = [
        text
        for text in HOSTILE.values()
        if "\x00" not in text and text.isprintable() or "\n" in text
    ]
    for text in texts[:20]:
        queue(app, f"Hei {text[:500]}")
    with app.app_context():
        send_waiting()
    for content in sent(app):
        assert "\nBcc:" not in content


def test_a_failure_is_tried_again_later_and_later_and_then_given_up(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []

    def fail(_built: Any) -> None:
        tried.append(now().timestamp())
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(mail, "deliver", fail)
    queue(app, "Hei")
    start = now()
    with app.app_context():
        for minutes in range(0, 600):
            with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
                db.session.rollback()
                assert send_waiting() == 0
    assert len(tried) == mail.TRIES
    waits = [later - earlier for earlier, later in zip(tried, tried[1:], strict=False)]
    assert waits == sorted(waits)
    assert waits[0] >= 60


def test_one_that_cannot_be_built_does_not_hold_up_the_others(app: Flask) -> None:
    queue(app, "Umulig", to="ikke-en-adresse@@")
    queue(app, "Mulig")
    with app.app_context():
        assert send_waiting() == 1


def test_two_workers_send_a_mail_once(app: Flask) -> None:
    queue(app, *(f"Nummer {n}" for n in range(10)))
    counts: list[int] = []

    def work() -> None:
        with app.app_context():
            counts.append(send_waiting())

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 10


def test_old_mails_are_forgotten(app: Flask) -> None:
    queue(app, "Gammel")
    with time_machine.travel(now() + timedelta(days=31)), app.app_context():
        queue(app, "Ny")
        assert trim_mail() == 1


def test_the_page_of_mails_exists_only_without_a_mail_server(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(app, "<script>alert(1)</script>")
    with app.app_context():
        send_waiting()
    page = app.test_client().get("/mail")
    assert page.status_code == 200
    assert "<script>alert" not in page.get_data(as_text=True)
    monkeypatch.setitem(app.config, "SHOW_MAIL", False)
    assert app.test_client().get("/mail").status_code == 404
