"""People with browsers: signed in over HTTP, with the cookie and token that their forms carry."""

from __future__ import annotations

import http.client
import re
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

from smartby.seeds.world import PASSPHRASE

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Visitor:
    """Somebody with a cookie."""

    port: int
    place: int = 0
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    led_to: str = ""  # where the last answer leads

    @property
    def headers(self) -> dict[str, str]:
        """What this person's browser sends with everything."""
        sent = {
            "Host": f"127.0.0.1:{self.port}",
            "X-Forwarded-For": f"10.9.{self.place // 250}.{self.place % 250}",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return sent

    def sign_in(self, email: str, page: str, password: str = PASSPHRASE) -> None:
        """Sign in, and read the token from a page."""
        self._read("GET", "/sign-in")
        form = {"csrf_token": self.token, "email": email, "password": password}
        status, _body = self._read("POST", "/sign-in", form)
        if status != 303:
            raise RuntimeError(f"{email} cannot sign in: {status}")
        self._read("GET", page)

    def get(self, path: str) -> tuple[int, str]:
        """Read a page."""
        return self._read("GET", path)

    def post(self, path: str, **form: str) -> int:
        """Send a form by script; return the status."""
        return self._read("POST", path, {"csrf_token": self.token, **form})[0]

    def sends(self, path: str, **form: str) -> str:
        """Send a form as a browser would; return where it leads."""
        self._read("POST", path, {"csrf_token": self.token, **form}, script=False)
        return self.led_to

    def _read(
        self, method: str, path: str, form: dict[str, str] | None = None, script: bool = True
    ) -> tuple[int, str]:
        headers = self.headers
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            by_script = script and path != "/sign-in"
            headers |= {"Accept": "application/json"} if by_script else {}
        # Closed also when the server goes away in the middle: a drill does that all the time.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(connection):
            connection.request(method, path, urlencode(form) if form else None, headers)
            with connection.getresponse() as answer:
                body = answer.read().decode()
        self.led_to = answer.headers.get("Location", "")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, content = value.split(";")[0].partition("=")
                self.cookies[key] = content
        if found := TOKEN.search(body):
            self.token = found[1]
        return answer.status, body
