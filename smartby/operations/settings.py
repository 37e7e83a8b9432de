"""What the doctor sees in the settings alone, without asking any server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import current_app
from sqlalchemy.engine import URL, make_url

from ..config import OWN_MACHINE, WEAK, is_weak
from ..core.templating import MANIFEST
from .findings import Check, Finding, missing, unsafe

SHORTEST_PASSWORD = 12
SHORTEST_TOKEN = 20
LOOPBACK = {"", "127.0.0.1", "::1", "localhost"}
# File systems that other hosts mount too; SQLite's locks do not hold there.
SHARED = ("nfs", "cifs", "smb", "9p", "ceph", "glusterfs", "gfs", "ocfs2", "lustre", "fuse.sshfs")
EXAMPLE = re.compile(r"\bexample\.(no|com|org)\b|\.example\b|:PASSWORD@")
ENVIRONMENT = "the service's environment file"


def address() -> Iterator[Finding]:
    """Look at the public address: https, a name of its own, and what follows from it."""
    config = current_app.config
    url = config["PUBLIC_URL"]
    if not config["SECURE"]:
        yield unsafe(
            f"PUBLIC_URL is {url}: passwords and cookies travel readable, and cookies are not"
            " marked secure.",
            "Put nginx with a certificate in front and set PUBLIC_URL to the https address.",
        )
    if (urlsplit(url).hostname or "::") in (*OWN_MACHINE, "::"):
        named = ", ".join(config["ORIGINS"]) if config["HOSTS"] else "any name is answered"
        yield unsafe(
            f"The list of origins and names is the demo's: {named}.",
            "Set PUBLIC_URL to the one address that people use; only its origin may then write.",
        )
    if not config["HOSTS"]:
        yield missing(
            f"PUBLIC_URL is {url}: links in mails and the codes that phones read lead nowhere.",
            "Set PUBLIC_URL to an address by which others reach this machine.",
        )
    if config["SHOW_MAIL"]:
        yield unsafe(
            "The page of mails, /mail, is open: whoever reads it can take any account.",
            "Set SMTP_URL, and PUBLIC_URL to the https address; either closes it.",
        )


def secrets() -> Iterator[Finding]:
    """Look at what could be guessed."""
    config = current_app.config
    if is_weak(config["SECRET_KEY"]):
        yield unsafe(
            "SECRET_KEY is short or well known: cookies can be forged.",
            f"Put SECRET_KEY=$(openssl rand -base64 48) into {ENVIRONMENT}.",
        )
    token = config["METRICS_TOKEN"]
    if token and len(token) < SHORTEST_TOKEN:
        yield unsafe(
            "SMARTBY_METRICS_TOKEN is short: /metrics can be opened by guessing.",
            "Make it with `openssl rand -hex 24`.",
        )
    for name, parts in _servers():
        if parts.password and _guessed(parts.password, parts.username or ""):
            yield unsafe(
                f"The password in {name} is short or well known.",
                f"Give that server's user a long random password and change {name}.",
            )


def running() -> Iterator[Finding]:
    """Look at how it is run: debugging, the clock, and who can reach the workers."""
    config = current_app.config
    if current_app.debug:
        yield unsafe(
            "Debugging is on: errors show the program and its values to anybody.",
            f"Remove FLASK_DEBUG and --debug from {ENVIRONMENT} and the command.",
        )
    if config["CLOCK_OFFSET"]:
        yield unsafe(
            f"The clock is {config['CLOCK_OFFSET']:g} seconds off:"
            " SMARTBY_CLOCK_OFFSET is for drills.",
            f"Remove it from {ENVIRONMENT}.",
        )
    if config["PROXY_HOPS"] and config["HOST"] not in LOOPBACK:
        # Our image listens to everything inside; what matters is where it is published.
        inside = config["HOST"] == "0.0.0.0" and _in_a_container()  # noqa: S104
        tell = missing if inside else unsafe
        yield tell(
            f"The workers listen on {config['HOST']}: whoever reaches them directly can claim any"
            " address.",
            "Set HOST=127.0.0.1 where the proxy is on the same host (a container: publish to"
            " 127.0.0.1); else let a firewall admit the proxy only.",
        )
    if config["SECURE"] and not config["PROXY_HOPS"]:
        yield missing(
            "SMARTBY_PROXY_HOPS is 0: everybody seems to come from the proxy, and limits for one"
            " address hit all.",
            "Set it to the number of proxies in front, 1 with nginx alone.",
        )


def several() -> Iterator[Finding]:
    """Look at what several workers or hosts need."""
    config = current_app.config
    workers = config["WORKERS"]
    if workers > 1 and not config["REDIS_URL"]:
        yield unsafe(
            f"{workers} workers without Redis: each counts limits by itself, so that guessing at"
            f" passwords is {workers} times as fast, and pages hear of each other a second late.",
            "Install Redis and set REDIS_URL, or set SMARTBY_WORKERS=1.",
        )
    kind = file_system(Path(config["DATA"]))
    if _database().get_backend_name() == "sqlite" and kind.startswith(SHARED):
        yield unsafe(
            f"SQLite lies on a file system that several hosts can share ({kind}): its locks do"
            " not hold there, and the file can be destroyed.",
            "Move SMARTBY_DATA to the host's own disk, or set DATABASE_URL to a PostgreSQL.",
        )


def travelling() -> Iterator[Finding]:
    """Look at what goes to other hosts in the clear."""
    config = current_app.config
    mail, redis = urlsplit(config["SMTP_URL"]), urlsplit(config["REDIS_URL"])
    if mail.scheme == "smtp" and mail.password and not _is_near(mail):
        yield unsafe(
            "The mail server's password travels readable.",
            "Write SMTP_URL with smtp+starttls:// or smtps://.",
        )
    if redis.scheme == "redis" and not _is_near(redis):
        yield unsafe(
            "Redis is on another host without TLS: its password and the jobs travel readable.",
            "Write REDIS_URL with rediss://, or run Redis on this host.",
        )
    database = _database()
    far = database.get_backend_name() == "postgresql" and (database.host or "") not in LOOPBACK
    if far and not (database.host or "").startswith("/") and not _demands_tls(database):
        yield unsafe(
            "PostgreSQL is on another host and TLS is not demanded.",
            "Add ?sslmode=verify-full (and sslrootcert=…) to DATABASE_URL.",
        )


def folders() -> Iterator[Finding]:
    """Look at who else on the host can read the data folder, and whether the front end is there."""
    data = Path(current_app.config["DATA"])
    mode = data.stat().st_mode & 0o777
    if mode & 0o077:
        yield unsafe(
            f"Others on this host can look into {data} (mode {mode:o}).",
            f"chmod 700 {data}",
        )
    if not Path(MANIFEST).exists():
        yield missing("The front end is not built: pages are plain.", "Run `make setup-run`.")


def examples() -> Iterator[Finding]:
    """Look for what was left as in the example file."""
    for name in ("PUBLIC_URL", "SMTP_URL", "MAIL_FROM"):
        if EXAMPLE.search(current_app.config[name]):
            yield missing(f"{name} is still an example's.", f"Write your own into {ENVIRONMENT}.")


CHECKS: tuple[Check, ...] = (address, examples, secrets, running, several, travelling, folders)


def file_system(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Return the type of the file system that a folder lies on; "" where that is not told."""
    if not mounts.exists():
        return ""
    lines = (line.split() for line in mounts.read_text().splitlines())
    above = {str(each) for each in (folder, *folder.parents)}
    found = [(len(fields[1]), fields[2]) for fields in lines if fields[1] in above]
    return max(found)[1] if found else ""


def _in_a_container() -> bool:
    return any(Path(mark).exists() for mark in ("/.dockerenv", "/run/.containerenv"))


def _servers() -> Iterator[tuple[str, Any]]:
    config = current_app.config
    yield "DATABASE_URL", _database()
    yield "REDIS_URL", urlsplit(config["REDIS_URL"])


def _guessed(password: str, user: str) -> bool:
    return len(password) < SHORTEST_PASSWORD or password.lower() in WEAK | {user.lower()}


def _database() -> URL:
    return make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])


def _is_near(parts: SplitResult) -> bool:
    return (parts.hostname or "") in LOOPBACK


def _demands_tls(url: URL) -> bool:
    return url.query.get("sslmode") in ("require", "verify-ca", "verify-full")
