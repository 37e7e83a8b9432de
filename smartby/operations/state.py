"""What the doctor sees in the database, in Redis and in the signs of life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import redis
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from ..accounts.models import User
from ..accounts.passwords import verify
from ..extensions import db
from ..municipalities.models import Member, Municipality
from ..seeds.content import read
from ..seeds.world import PASSPHRASE, demo_people
from . import pulse, schema
from .findings import Check, Finding, missing, unsafe

JOBS_LATE = timedelta(minutes=5)
BACKUP_LATE = timedelta(hours=26)  # a nightly one may take a while
HASHES = 50  # different ones that are tried; each costs a tenth of a second
OFFICES = (
    select(User.email, User.password_hash)
    .outerjoin(Member, Member.user_id == User.id)
    .where(
        User.password_hash.is_not(None),
        User.is_operator | (Member.role.is_not(None) & (Member.role != "citizen")),
    )
    .distinct()
)
GOVERNED = select(Member.municipality_id).where(Member.role == "administrator")


def database() -> Iterator[Finding]:
    """Look whether the database is there, at what this version of smartby needs."""
    try:
        now_at, wanted = schema.at(), schema.wanted()
    except SQLAlchemyError as error:
        said = type(error.__cause__ or error).__name__
        yield missing(
            f"The database does not answer ({said}).",
            "Start it, check DATABASE_URL, and ask the doctor again: what is in it was not seen.",
        )
        return
    if now_at != wanted:
        yield missing(
            f"The database is at {now_at or 'nothing'}, this version needs {wanted}.",
            "Take a backup, then run `flask init`.",
        )


def demo() -> Iterator[Finding]:
    """Look for the demo's towns and people, and for its password among those with an office."""
    content = read()
    numbers = [str(row["number"]) for row in content.towns]
    query = select(Municipality.slug).where(
        Municipality.number.in_(numbers), Municipality.closed_at.is_(None)
    )
    for slug in db.session.scalars(query):
        yield unsafe(
            f"The demo's town {slug} is open: its people are invented, their password is public.",
            "Begin with an empty database, or run `flask town close` on it.",
        )
    emails = [email for email, _name, _roles in demo_people(content)]
    known = select(User.email, User.password_hash).where(User.email.in_(emails))
    rows = [*db.session.execute(known), *db.session.execute(OFFICES)]
    for email in _with_the_demos_password(rows):
        yield unsafe(
            f"{email} can be signed in as with the demo's password.",
            "Block the account, or let its owner choose another by /sign-in/forgotten.",
        )


def people() -> Iterator[Finding]:
    """Look for towns that nobody governs."""
    query = select(Municipality.slug).where(Municipality.id.not_in(GOVERNED))
    for slug in db.session.scalars(query):
        yield missing(
            f"{slug} has no administrator.", f"flask user make-administrator EMAIL {slug}"
        )


def single_town() -> Iterator[Finding]:
    """Look whether the only town that is served is there."""
    slug = current_app.config["SINGLE_TOWN"]
    query = select(Municipality.id).where(
        Municipality.slug == slug, Municipality.closed_at.is_(None)
    )
    if slug and db.session.scalar(query) is None:
        yield missing(
            f"SMARTBY_SINGLE_TOWN is {slug}, and no open town has that address: nothing is shown.",
            f"Change it (`flask town list`), or run `flask town add NUMBER --slug {slug}`.",
        )


def jobs() -> Iterator[Finding]:
    """Look whether the job worker is alive, and on how many hosts."""
    alive = [each for each in pulse.pulses(pulse.JOBS) if each.age < JOBS_LATE]
    if not alive:
        yield unsafe(
            "The job worker is not running: no mail is sent, and what must be forgotten is kept.",
            "systemctl enable --now smartby-jobs, and read journalctl -u smartby-jobs.",
        )
    hosts = sorted({each.host for each in alive})
    if len(hosts) > 1 and db.engine.dialect.name == "sqlite":
        yield unsafe(
            f"Several hosts use one SQLite file ({', '.join(hosts)}): it can be destroyed.",
            "Run smartby on one of them, or set DATABASE_URL to a PostgreSQL.",
        )


def backups() -> Iterator[Finding]:
    """Look for a backup that is not too old."""
    seen = pulse.last(pulse.BACKUP)
    if seen is None or seen.age > BACKUP_LATE:
        told = "No backup was seen" if seen is None else f"The newest backup is from {seen.at:%F}"
        yield unsafe(
            f"{told}: what people wrote can be lost.",
            "systemctl enable --now smartby-backup.timer, or run `flask backup FILE` every night.",
        )


def mail() -> Iterator[Finding]:
    """Look whether mail can leave."""
    if not current_app.config["SMTP_URL"]:
        yield missing(
            "SMTP_URL is not set: mails stay in the data folder; nobody can confirm an account.",
            "Set SMTP_URL=smtp+starttls://user:password@host:587 and MAIL_FROM.",
        )


def bell() -> Iterator[Finding]:
    """Look whether Redis answers."""
    url = current_app.config["REDIS_URL"]
    if not url:
        return
    client = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
    try:
        client.ping()
    except redis.RedisError as error:
        yield missing(
            f"Redis does not answer ({type(error).__name__}).", "Start it, or check REDIS_URL."
        )
    finally:
        client.close()


HERE: tuple[Check, ...] = (jobs, backups, mail, bell)
INSIDE: tuple[Check, ...] = (demo, people, single_town)


def _with_the_demos_password(rows: list[tuple[str, str | None]]) -> list[str]:
    hashes: dict[str, list[str]] = {}
    for email, stored in rows:
        if stored:
            hashes.setdefault(stored, []).append(email)
    tried = list(hashes)[:HASHES]
    guilty = {email for stored in tried if verify(stored, PASSPHRASE) for email in hashes[stored]}
    return sorted(guilty)
