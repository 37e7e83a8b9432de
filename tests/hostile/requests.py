"""A request as anybody could send it, byte by byte: written down so that it can be sent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app
from werkzeug.wrappers import Response

from tests.hostile.world import Person
from tests.people import ORIGIN

BOUNDARY = b"xxxsmartbyxxx"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY.decode()}"
Pair = tuple[str, str]


@dataclass(frozen=True)
class File:
    """A file that is sent where a field was asked for."""

    name: str
    mimetype: str
    content: bytes


@dataclass(frozen=True)
class Request:
    """What is asked for, by whom, and with what."""

    role: str | None
    method: str
    endpoint: str
    parts: tuple[str, ...]  # the path, each part before it is quoted
    query: tuple[Pair, ...] = ()
    fields: tuple[tuple[str, str | File], ...] = ()
    headers: tuple[Pair, ...] = ()
    body: bytes | None = None  # instead of fields
    cold: bool = False  # sent to a smartby that remembers nothing of what it read and drew before

    def send(self, app: Flask, person: Person) -> Response:
        """Send it in somebody's name."""
        headers = {"Origin": ORIGIN, "Cookie": person.cookie, **dict(self.headers)}
        content: dict[str, Any] = {}
        if self.method != "GET":
            data, mimetype = self._encoded(person.token)
            headers.setdefault("Content-Type", mimetype)
            content = {"data": data}
        environ = create_environ(
            "/",
            ORIGIN,
            method=self.method,
            query_string=_form(self.query).decode("ascii"),
            headers=headers,
            environ_base={"REMOTE_ADDR": "127.0.0.1"},
            **content,
        )
        # As servers do it: who builds an address of it looks for a host after two slashes.
        path = b"/" + b"/".join(map(_bytes, self.parts)).removeprefix(b"/")
        environ["PATH_INFO"] = path.decode("latin-1")
        environ["REQUEST_URI"] = environ["RAW_URI"] = quote_from_bytes(path)
        # A client would take the address and the cookies of every answer apart.
        return Response(*run_wsgi_app(app, environ, buffered=True))

    def _encoded(self, token: str) -> tuple[bytes, str]:
        if self.body is not None:
            return self.body, "application/json"
        fields = [(name, token if value is TOKEN else value) for name, value in self.fields]
        if any(isinstance(value, File) for _name, value in fields):
            return _multipart(fields), MULTIPART
        return _form(fields), "application/x-www-form-urlencoded"  # type: ignore[arg-type]


TOKEN = "the token of whoever sends it"


def _form(pairs: Any) -> bytes:
    return urlencode([(_bytes(name), _bytes(value)) for name, value in pairs]).encode()


def _multipart(fields: list[tuple[str, str | File]]) -> bytes:
    parts = []
    for name, value in fields:
        head = b'Content-Disposition: form-data; name="' + _bytes(name) + b'"'
        content = value.content if isinstance(value, File) else _bytes(value)
        if isinstance(value, File):
            head += b'; filename="' + _bytes(value.name) + b'"\r\nContent-Type: '
            head += _bytes(value.mimetype)
        parts.append(b"--" + BOUNDARY + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + b"--" + BOUNDARY + b"--\r\n"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
