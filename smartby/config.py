"""Everything from the environment, read once and checked at start; nothing else reads it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click import ClickException
from environs import Env, EnvError

from .counters import SCHEME
from .queueing import FairPool

VERSION = version("smartby")
LANGUAGES = ("nb", "nn", "en")
OWN_MACHINE = ("127.0.0.1", "0.0.0.0", "localhost", "::1")  # noqa: S104 - names, nothing is bound
WEAK = {"secret", "changeme", "dev", "smartby", "password"}


class ConfigError(ClickException):
    """The environment cannot be served safely; the message says what to change.

    A command that meets it prints that message and no traceback.
    """


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Read settings from the environment, apply overrides, and check them; raise ConfigError."""
    try:
        settings = _read(Env())
    except EnvError as error:
        raise ConfigError(f"{error} Change it, or leave it out.") from error
    settings.update(overrides or {})
    settings.update(_derived(settings))
    settings.update({key: value for key, value in (overrides or {}).items() if key.isupper()})
    return settings


def _read(env: Env) -> dict[str, Any]:
    return {
        "DATABASE_URL": env.str("DATABASE_URL", ""),
        "REDIS_URL": env.str("REDIS_URL", ""),
        "DATA": env.str("SMARTBY_DATA", "var"),
        "PUBLIC_URL": env.str("PUBLIC_URL", ""),
        "SECRET_KEY": env.str("SECRET_KEY", ""),
        "SINGLE_TOWN": env.str("SMARTBY_SINGLE_TOWN", ""),
        "HOST": env.str("HOST", "127.0.0.1"),
        "PORT": env.int("PORT", 8000),
        "PROXY_HOPS": env.int("SMARTBY_PROXY_HOPS", 0),
        "SMTP_URL": env.str("SMTP_URL", ""),
        "MAIL_FROM": env.str("MAIL_FROM", "smartby <noreply@smartby.example>"),
        "DATABASE_POOL": env.int("SMARTBY_DATABASE_POOL", 8),
        "DIRECT_WRITE": env.bool("SMARTBY_DIRECT_WRITE", True),
        # New places in one workshop: a full hall may come at once, and nobody fills it twice over.
        "JOIN_RATE": env.str("SMARTBY_JOIN_RATE", "2500/10 minutes"),
        "DRAIN": env.float("SMARTBY_DRAIN", 5.0),
        "PING": env.float("SMARTBY_PING", 20.0),
        "CLOCK_OFFSET": env.float("SMARTBY_CLOCK_OFFSET", 0.0),
        **_operations(env),
        "TESTING": False,
        "ASYNC": "gevent",
    }


def environment_with(**more: str) -> dict[str, str]:
    """Return the environment for a program that we start, with something that only it is told."""
    return {**os.environ, **more}


def _operations(env: Env) -> dict[str, Any]:
    return {
        "WORKERS": env.int("SMARTBY_WORKERS", 1),
        "LOG_JSON": env.bool("SMARTBY_LOG_JSON", False),
        "SLOW_QUERY_MS": env.int("SMARTBY_SLOW_QUERY_MS", 0),
        "METRICS_TOKEN": env.str("SMARTBY_METRICS_TOKEN", ""),
        "METRICS_FOLDER": env.str("PROMETHEUS_MULTIPROC_DIR", ""),
    }


def _derived(settings: Mapping[str, Any]) -> dict[str, Any]:
    data = Path(settings["DATA"]).resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    public = settings["PUBLIC_URL"] or f"http://{settings['HOST']}:{settings['PORT']}"
    secure = _scheme(public) == "https"
    url = database_url(settings["DATABASE_URL"], data)
    return {
        "DATA": data,
        "PUBLIC_URL": public.rstrip("/"),
        "SECURE": secure,
        "SECRET_KEY": _secret(settings["SECRET_KEY"], data, secure),
        # Whoever reads the mails can take any account: only where nobody else is meant to come.
        "SHOW_MAIL": _is_own_machine(public) and not settings["SMTP_URL"],
        "ORIGINS": _origins(public),
        "HOSTS": _hosts(public),
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url, settings["DATABASE_POOL"], writing=True),
        "SQLALCHEMY_BINDS": {
            "read": {"url": url, **engine_options(url, settings["DATABASE_POOL"], writing=False)}
        },
        **_framework(settings, secure),
    }


def _scheme(public: str) -> str:
    # Anything else would be served, without the strictness of https, and to no name at all.
    scheme = urlsplit(public).scheme
    if scheme not in ("http", "https"):
        raise ConfigError(
            f"PUBLIC_URL is {public}: it must begin with http:// or https://, and without quotes"
            " where the file is read by podman or docker."
        )
    return scheme


def _framework(settings: Mapping[str, Any], secure: bool) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_NAME": "__Host-smartby" if secure else "smartby",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "MAX_FORM_PARTS": 200,
        "WTF_I18N_ENABLED": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": "nb",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Oslo",
        "RATELIMIT_STORAGE_URI": settings["REDIS_URL"] or f"{SCHEME}://",
        # Without Redis each process counts by itself: limits grow looser, never absent.
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "RATELIMIT_STORAGE_OPTIONS": _limiter_options(settings["REDIS_URL"]),
    }


def _limiter_options(redis_url: str) -> dict[str, float]:
    return {"socket_timeout": 0.5, "socket_connect_timeout": 0.5} if redis_url else {}


def database_url(given: str, data: Path) -> str:
    """Return the SQLAlchemy URL: the given one with psycopg 3, or a SQLite file in data.

    Raises ConfigError for any other database.
    """
    if not given:
        return f"sqlite:///{data / 'smartby.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if not given.startswith(("postgresql+psycopg://", "sqlite:")):
        # Not the whole of it: there may be a password in it.
        raise ConfigError(
            f"DATABASE_URL begins with {given.partition(':')[0][:20]}: write"
            " postgresql://user:password@host/name, or leave it out to use SQLite."
        )
    return given


def engine_options(url: str, pool: int, *, writing: bool) -> dict[str, Any]:
    """Return the options of the write or the read engine for this database."""
    if url.startswith("sqlite"):
        # On SQLite the write pool of one connection *is* the process's writer lane.
        size = {"pool_size": 1, "max_overflow": 0} if writing else {"pool_size": pool}
        return {**size, "pool_timeout": 10, "connect_args": {"isolation_level": None}}
    options = "-c default_transaction_read_only=on -c statement_timeout=10s"
    if writing:
        options = (
            "-c lock_timeout=2s -c statement_timeout=5s -c idle_in_transaction_session_timeout=10s"
        )
    # Writers wait their turn here, in order and for ten seconds, as on SQLite: a dozen of them in
    # PostgreSQL's queue for one hot row run into its lock timeout, since that queue is not fair.
    # None on top of them: such a connection is closed after one use, and a new one costs PostgreSQL
    # a process.
    most = max(2, pool // 2) if writing else 2 * pool
    base: dict[str, Any] = {"pool_size": most, "max_overflow": 0, "pool_timeout": 10}
    base["poolclass"] = FairPool
    if not writing:
        base["isolation_level"] = "AUTOCOMMIT"
    return {**base, "connect_args": {"options": options}}


def _is_own_machine(public: str) -> bool:
    """Tell whether the address is of a demo: this machine's, not a name that others know."""
    parts = urlsplit(public)
    return parts.scheme == "http" and parts.hostname in OWN_MACHINE


def _origins(public: str) -> list[str]:
    parts = urlsplit(public)
    origins = [f"{parts.scheme}://{parts.netloc}"]
    if _is_own_machine(public):
        port = f":{parts.port}" if parts.port else ""
        origins += [f"http://{host}{port}" for host in ("127.0.0.1", "localhost", "[::1]")]
    return sorted(set(origins))


def _hosts(public: str) -> list[str] | None:
    """Return the names this installation goes by; any, when it is told to listen everywhere."""
    name = urlsplit(public).hostname or ""
    if name in ("0.0.0.0", "::"):  # noqa: S104
        return None
    return sorted({name, "127.0.0.1", "localhost", "::1"})


def is_weak(secret: str) -> bool:
    """Tell whether somebody could guess the key that signs cookies."""
    return len(secret) < 32 or secret.lower() in WEAK or len(set(secret)) < 10


def _secret(given: str, data: Path, secure: bool) -> str:
    if secure and is_weak(given):
        raise ConfigError("PUBLIC_URL is https: set SECRET_KEY to at least 32 random characters.")
    if given:
        return given
    path = data / "secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()
