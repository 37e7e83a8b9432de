"""Letters: what the background job sends, read as the receiver reads it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy

import pytest
from flask import Flask

from smartby.core.mail import mail_folder, send_waiting
from smartby.outcomes.letters import write_to_contributors


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    language: str
    text: str

    @property
    def path(self) -> str:
        """The link in it, as a path."""
        found = re.search(r"http://localhost(/\S+)", self.text)
        assert found, self.text
        return found[1]


@pytest.fixture
def letters(app: Flask) -> Callable[[], list[Letter]]:
    """Write what is owed, send what waits and return it, each letter once."""
    with app.app_context():
        folder = mail_folder()
    shutil.rmtree(folder, ignore_errors=True)

    def read() -> list[Letter]:
        with app.app_context():
            write_to_contributors()
            send_waiting()
        found = []
        for path in sorted(folder.glob("*.eml")):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = mail.get_body(("plain",))
            assert body is not None
            found.append(
                Letter(mail["To"], mail["Subject"], mail["Content-Language"], body.get_content())
            )
            path.unlink()
        return found

    return read
