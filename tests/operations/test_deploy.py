"""The files under deploy/: they parse, they agree with each other, and they serve people."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import crossplane
import pytest
import websocket

from smartby.config import ConfigError, load
from tests.operations.deployed import DEPLOY, HOME, Nginx, Web, environment, read_unit
from tests.services import Missing, free_port
from tests.serving import ROOT
from tools.processes import stop

UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
SECRET = "Zx8-pQ2mLr71_VtYk3wHsB95dNfGcJua"
Deployed = tuple[Nginx, list[Web]]


def test_nginx_understands_its_file(tmp_path: Path) -> None:
    (tmp_path / "nginx.conf").write_text(
        f"events {{}}\nhttp {{ include {DEPLOY}/nginx/smartby.conf; }}\n"
    )
    found = crossplane.parse(str(tmp_path / "nginx.conf"), strict=True)
    # A map's values look like directives to this parser.
    known = re.compile(r'unknown directive "(default|)"')
    assert [each for each in found["errors"] if not known.match(each["error"])] == []
    assert found["config"][1]["parsed"]


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_a_service_is_nobody_special_and_writes_only_its_own(name: str) -> None:
    service = read_unit(name)["Service"]
    assert (service["User"], service["WorkingDirectory"]) == ("smartby", HOME)
    assert service["EnvironmentFile"] == "/etc/smartby/smartby.env"
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "true")
    assert service["UMask"] == "0077"
    assert re.match(rf"{HOME}/\.venv/bin/(python -m|flask) ", service["ExecStart"])


def test_units_name_only_units_that_are_there() -> None:
    ours = {re.sub(r"@\d*\.", "@.", name) for name in UNITS}
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text()
        named = re.findall(r"smartby[\w-]*(?:@\d*)?\.(?:service|target|timer)", text)
        assert {re.sub(r"@\d*\.", "@.", each) for each in named} <= ours, name


def test_the_shell_and_systemd_read_the_same_environment() -> None:
    said = subprocess.run(
        ["sh", "-c", f"set -a; . {DEPLOY}/smartby.env; env -0"],
        env={},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    by_shell = dict(line.split("=", 1) for line in said.split("\0") if "=" in line)
    assert environment().items() <= by_shell.items()


def test_the_environment_file_is_refused_until_it_is_filled_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SMARTBY_DATA", str(tmp_path))
    with pytest.raises(ConfigError, match="SECRET_KEY"):
        load()
    monkeypatch.setenv("SECRET_KEY", SECRET)
    assert load()["SECURE"]


@pytest.fixture(scope="module")
def deployed(redis_url: str) -> Iterator[Deployed]:
    """Two web services behind nginx, with the environment file of deploy/."""
    try:
        yield from _serving(redis_url)
    except Missing as missing:
        pytest.skip(str(missing))


def _serving(redis_url: str) -> Iterator[Deployed]:
    ports = (free_port(), free_port())
    nginx = Nginx(ports)
    settings = environment() | {"PUBLIC_URL": nginx.url, "SECRET_KEY": SECRET}
    settings |= {"DATABASE_URL": "", "REDIS_URL": redis_url, "SMTP_URL": ""}
    settings |= {"SMARTBY_DATA": str(nginx.folder / "data"), "SMARTBY_DRAIN": "0"}
    first, second = Web(settings), Web(settings)
    nginx.upstreams = (first.port, second.port)
    with nginx, first:
        try:
            second.serve()
            yield nginx, [first, second]
        finally:
            second.close()


def test_people_come_by_tls_only(deployed: Deployed) -> None:
    nginx, _services = deployed
    status, headers, _body = nginx.asks("/havnvik/?q=1", plain=True)
    assert (status, headers["Location"]) == (301, f"{nginx.url}/havnvik/?q=1")
    status, headers, body = nginx.asks("/havnvik/")
    assert status == 200
    assert b"Havnvik" in body
    assert "max-age" in headers["Strict-Transport-Security"]
    assert "nginx/" not in headers["Server"]
    status, headers, _body = nginx.asks("/sign-in")
    assert status == 200
    assert re.match(r"__Host-smartby=.*Secure.*HttpOnly", headers["Set-Cookie"])


def test_pages_travel_compressed(deployed: Deployed) -> None:
    _status, headers, body = deployed[0].asks("/havnvik/ideas", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert body[:2] == b"\x1f\x8b"


def test_sockets_come_through_and_foreign_ones_do_not(deployed: Deployed) -> None:
    nginx, _services = deployed
    address = nginx.url.replace("https", "wss") + "/socket.io/?EIO=4&transport=websocket"
    trust = {"context": nginx.trust()}
    opened = websocket.create_connection(address, origin=nginx.url, sslopt=trust, timeout=10)
    assert opened.recv().startswith("0{")
    opened.close()
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        websocket.create_connection(address, origin="https://evil.example", sslopt=trust)
    assert refused.value.status_code == 403


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_this_host_only_is_not_seen_from_outside(deployed: Deployed, path: str) -> None:
    assert deployed[0].asks(path)[0] == 404


def test_built_files_come_from_nginx_and_are_kept_for_ever(deployed: Deployed) -> None:
    nginx, _services = deployed
    built = next((ROOT / "smartby" / "static" / "dist").glob("app-*.css"))
    status, headers, body = nginx.asks(f"/static/dist/{built.name}")
    assert (status, body) == (200, built.read_bytes())
    assert "immutable" in headers["Cache-Control"]
    _status, headers, _body = nginx.asks(f"/static/dist/{built.name}", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert nginx.asks("/static/dist/app-GONE.css")[0] == 404
    assert nginx.asks("/static/dist/../../config.py")[0] in (400, 404)


def test_the_log_of_nginx_says_nothing_about_people(deployed: Deployed) -> None:
    nginx, _services = deployed
    nginx.asks("/havnvik/ideas?q=hemmelig", User_Agent="en-nettleser")
    nginx.wait_until(lambda: (nginx.folder / "smartby.log").read_text().count("\n") > 0)
    said = (nginx.folder / "smartby.log").read_text()
    assert not any(word in said for word in ("127.0.0.1", "hemmelig", "en-nettleser", "havnvik"))


def test_one_service_restarts_and_nobody_sees_it(deployed: Deployed) -> None:
    nginx, services = deployed
    for service in services:
        assert service.process is not None
        stop(service.process)
        assert [nginx.asks("/havnvik/ideas")[0] for _ in range(10)] == [200] * 10
        service.serve()


def test_while_all_are_away_a_page_says_so(deployed: Deployed) -> None:
    nginx, services = deployed
    for service in services:
        assert service.process is not None
        stop(service.process)
    status, headers, body = nginx.asks("/havnvik/")
    for service in services:
        service.serve()
    assert status == 502
    assert "Straks tilbake" in body.decode()
    assert headers["Retry-After"] == "10"
