"""What every test can ask for: the app on each database, real servers and a real browser."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import planted, scratch, unordered
from tests.installation import Installation
from tests.services import Missing, Postgres, Redis, Server
from tools import browser as browsers

S = TypeVar("S", bound=Server)
DATABASES = ("sqlite", "postgresql")
SETTINGS = ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "SECRET_KEY", "HOST", "PORT", "SMTP_URL")

# The tests bring their own servers; what the caller's shell points at is never touched.
for _name in list(os.environ):
    if _name in SETTINGS or _name.startswith("SMARTBY_"):
        del os.environ[_name]
# Compiled once, not anew by each of the hundred processes that the tests start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
scratch.prepare()
unordered.prepare()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=(*DATABASES, "both"), default="both", help="which database")
    parser.addoption("--drills", choices=("short", "all"), default="short", help="which drills")


def pytest_configure() -> None:
    # Told to stop, pytest ends as by Ctrl-C: fixtures are torn down, servers go with their folders.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    planted.folder()  # now, so that the workers that are started later find the same
    os.environ.setdefault("FUZZ_DAY", str(datetime.now(UTC).toordinal()))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--db")
        chosen = DATABASES if wanted == "both" else (wanted,)
        metafunc.parametrize("database", chosen, indirect=True, scope="session")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--drills") == "short":
        # Left out and not skipped: a skipped test fails continuous integration.
        long = [item for item in items if item.get_closest_marker("long_drill")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    # Run side by side, each database's tests stay together and so does each other file: what they
    # share (an installation, a server, a browser) is made once.
    for item in items:
        if item.get_closest_marker("xdist_group"):
            continue
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        group = parameters.get("database") or item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_collection_finish() -> None:
    # What is there by now stays to the end; looking through it ever again was a tenth of the CPU.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of our own."""
    yield from _running(Postgres())


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    """A Redis of our own."""
    yield from _running(Redis())


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> str:
    """The address of an empty database that the session's other tests do not use."""
    return postgres.create_database("scratch")


@pytest.fixture(scope="session")
def redis_url(redis: Redis) -> str:
    """The address of our own Redis."""
    return redis.url


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """The name of the database that this round of tests runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def installation(
    database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A planted smartby, for fixtures that outlive a test; tests ask for `app`."""
    url = ""
    if database == "postgresql":
        url = request.getfixturevalue("postgres").create_database("suite")
    made = Installation(url, tmp_path_factory.mktemp(database))
    yield made
    made.close()


@pytest.fixture
def app(installation: Installation) -> Iterator[Flask]:
    """The application on its golden data. No context is open around the test (core traps, T1)."""
    yield installation.app
    installation.restore()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A real Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    program = browsers.path()
    if program is None:
        pytest.skip("no Chromium: install the system's, or run `make test` with a network")
    arguments = ["--no-sandbox", *(["--headless=shell"] if browsers.is_carried(program) else [])]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(program), args=arguments)
        yield launched
        launched.close()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("CI") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("Skipped tests fail continuous integration.", red=True)
    told = [line for kind in ("passed", "failed") for line in _drills(terminalreporter, kind)]
    if told:
        terminalreporter.section("drills")
        terminalreporter.write_line("\n".join(told))


def _drills(terminalreporter: Any, kind: str) -> list[str]:
    reports = terminalreporter.stats.get(kind, [])
    told = [said for report in reports for said in report.user_properties]
    return [f"{line}" for name, line in told if name == "drill"]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _running(server: S) -> Iterator[S]:
    try:
        with server:
            yield server
    except Missing as missing:
        pytest.skip(str(missing))
