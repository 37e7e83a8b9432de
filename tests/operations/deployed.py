"""What deploy/ describes, run on loopback: the units' commands, the environment file, nginx."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from configparser import ConfigParser
from pathlib import Path
from typing import Any

from tests.services import Missing, Server, free_port
from tests.serving import ROOT, Smartby

DEPLOY = ROOT / "deploy"
HOME = "/opt/smartby/current"
NAME = "smartby.example.no"
MAIN = """
daemon off;
{user}
pid nginx.pid;
error_log stderr info;
events {{ worker_connections 512; }}
http {{
    include {types};
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include smartby.conf;
}}
"""


class Nginx(Server):
    """nginx with our file; only names, ports and paths are this machine's."""

    def __init__(self, upstreams: tuple[int, int]) -> None:
        super().__init__()
        self.plain, self.upstreams = free_port(), upstreams

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def launch(self) -> None:
        program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if program is None or shutil.which("openssl") is None:
            raise Missing("no nginx, or no openssl: apt-get install nginx-light openssl")
        self._certificate()
        (self.folder / "smartby.conf").write_text(self._configuration())
        user = "user root;" if os.geteuid() == 0 else ""
        types = "/etc/nginx/mime.types"
        (self.folder / "nginx.conf").write_text(MAIN.format(user=user, types=types))
        (self.folder / "current").symlink_to(ROOT)
        self.begin([program, "-p", str(self.folder), "-c", "nginx.conf"])
        self.wait_until(self._listens)

    def asks(
        self, path: str, *, plain: bool = False, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask for a page; redirects are not followed."""
        start = f"http://localhost:{self.plain}" if plain else self.url
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = urllib.request.Request(start + path, headers=names)
        trust = urllib.request.HTTPSHandler(context=self.trust())
        opener = urllib.request.build_opener(trust, _Stay())
        try:
            with opener.open(asked, timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def trust(self) -> ssl.SSLContext:
        """Trust our own certificate and no other."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    def _certificate(self) -> None:
        command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
        command += " -addext subjectAltName=DNS:localhost -keyout privkey.pem -out fullchain.pem"
        subprocess.run(command.split(), cwd=self.folder, check=True, capture_output=True)

    def _configuration(self) -> str:
        changes = {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "    listen [::]:80;\n": "",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
            "    listen [::]:443 ssl http2;\n": "",
            "127.0.0.1:8001": f"127.0.0.1:{self.upstreams[0]}",
            "127.0.0.1:8002": f"127.0.0.1:{self.upstreams[1]}",
            f"https://{NAME}": self.url,
            f"/etc/letsencrypt/live/{NAME}/": "",
            NAME: "localhost",
            "/var/log/nginx/": "",
            "/opt/smartby": str(self.folder),
        }
        text = (DEPLOY / "nginx" / "smartby.conf").read_text()
        for before, after in changes.items():
            assert before in text, before
            text = text.replace(before, after)
        return text

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


class Web(Smartby):
    """A web service as its unit starts it."""

    def __init__(self, settings: dict[str, str]) -> None:
        super().__init__()
        unit = read_unit("smartby-web@.service")["Service"]
        given = dict(pair.split("=", 1) for pair in shlex.split(unit["Environment"]))
        given = {name: value.replace("%i", str(self.port)) for name, value in given.items()}
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.env = {**kept, "FLASK_APP": "smartby", "PYTHONPATH": str(ROOT), **settings, **given}
        self.command = command_of(unit["ExecStart"])


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        return None


def read_unit(name: str) -> ConfigParser:
    """Read a unit; a key that stands there several times keeps its last value."""
    unit = ConfigParser(interpolation=None, strict=False, delimiters="=", comment_prefixes="#")
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "systemd" / name)
    return unit


def command_of(line: str) -> list[str]:
    """Return a unit's command with this checkout in the place of the release."""
    words = shlex.split(line.replace(HOME, str(ROOT)))
    if words[0].endswith("/python"):
        words[0] = sys.executable
    return words


def environment(path: Path = DEPLOY / "smartby.env") -> dict[str, str]:
    """Read an environment file as systemd does: no shell, quotes round a value fall away."""
    lines = (line.strip() for line in path.read_text().splitlines())
    given = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: "".join(shlex.split(value)) for name, _, value in given}
