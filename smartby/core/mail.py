"""Mail: a row written with the change that causes it, sent by the background job."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import String, Text, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import db
from .clock import now
from .models import Base, Timestamps
from .transaction import announce, perform

log = logging.getLogger(__name__)
TRIES = 8
FIRST_WAIT = timedelta(minutes=2)  # also the time one sender has before another may take over
KEPT = timedelta(days=30)


class Mail(Timestamps, Base):
    """A mail on its way; the row is written in the transaction of the act that it tells about."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="nb")
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)


@dataclass(frozen=True)
class MailWritten:
    """Fact: a mail waits to be sent."""

    mail: Mail


DUE = (
    select(Mail.id)
    .where(Mail.sent_at.is_(None), Mail.tries < TRIES, Mail.not_before <= bindparam("moment"))
    .order_by(Mail.id)
    .limit(bindparam("limit"))
)
TAKE = (
    update(Mail)
    .where(
        Mail.id == bindparam("number"),
        Mail.sent_at.is_(None),
        Mail.not_before <= bindparam("moment"),
    )
    .values(tries=Mail.tries + 1, not_before=bindparam("later"))
    .returning(Mail)
    .execution_options(synchronize_session=False, populate_existing=True)
)  # fmt: skip


def write(to: str, subject: str, body: str, language: str) -> None:
    """Queue a mail inside the open transaction; the job sends it after the commit."""
    if to.split() != [to]:
        raise ValueError("an address is one word")
    # A line break in a header would start another header.
    clean = " ".join(subject.split())
    mail = Mail(to=to, subject=clean[:200], body=body, language=language)
    db.session.add(mail)
    announce(MailWritten(mail))


def write_letter(to: str, template: str, language: str, **values: Any) -> None:
    """Queue a mail from templates/mail/: its first line is the subject, the rest the text."""
    with force_locale(language):
        page = current_app.jinja_env.get_template(f"mail/{template}.txt").render(**values)
    subject, _, body = page.strip().partition("\n")
    write(to, subject, body.strip() + "\n", language)


def write_portions(write_some: Callable[[int], int], owed: int) -> int:
    """Write a letter that is owed to many, each portion in a transaction of its own.

    `write_some` writes a portion and returns for how many; 0 ends it. What fails is logged and
    holds back no other letter: the portions before it stand, and the next turn goes on there.
    """
    total = 0
    try:
        while written := perform(write_some, owed):
            total += written
    except Exception:  # whatever is wrong with one letter must not hold back the others
        log.exception("%s: letter %s could not be written", write_some.__module__, owed)
    return total


def send_waiting(limit: int = 50) -> int:
    """Send what waits; return how many went out. A failed one is tried again, later each time."""
    waiting = db.session.scalars(DUE, {"moment": now(), "limit": limit}).all()
    return sum(_send_one(number) for number in waiting)


def _send_one(number: int) -> bool:
    mail = perform(_take, number)
    if mail is None:
        return False
    try:
        deliver(message(mail))
    except Exception:  # whatever is wrong with one mail must not hold back the others
        log.exception("mail %s could not be sent", number)
        return False
    perform(_mark_sent, mail)
    return True


def _take(number: int) -> Mail | None:
    # Whoever takes a mail has it for a while: two jobs never send the same one at once.
    mail = db.session.get(Mail, number)
    if mail is None:
        return None
    later = now() + FIRST_WAIT * 2**mail.tries
    found: Mail | None = db.session.scalars(
        TAKE, {"number": number, "moment": now(), "later": later}
    ).one_or_none()
    return found


def _mark_sent(mail: Mail) -> None:
    mail.sent_at = now()
    # What was in it (links that sign people in) has no business staying here.
    mail.body = ""


def trim_mail() -> int:
    """Forget mails that were sent, or given up, long ago."""
    return perform(_trim)


def _trim() -> int:
    done = delete(Mail).where(Mail.created_at < now() - KEPT)
    return int(db.session.execute(done).rowcount)  # type: ignore[attr-defined]


def message(mail: Mail) -> EmailMessage:
    """Build the message."""
    built = EmailMessage()
    name, address = parseaddr(current_app.config["MAIL_FROM"])
    built["From"] = Address(name, addr_spec=address)
    built["To"] = Address(addr_spec=mail.to)
    built["Subject"] = mail.subject
    built["Date"] = mail.created_at
    built["Auto-Submitted"] = "auto-generated"
    built["X-Smartby-Mail"] = str(mail.id)
    built.set_content(mail.body)
    built["Content-Language"] = mail.language  # set_content() throws earlier Content-* away
    return built


def deliver(built: EmailMessage) -> None:
    """Hand a message to SMTP, or write it as an .eml file where no server is configured."""
    url = current_app.config["SMTP_URL"]
    if not url:
        folder = mail_folder()
        folder.mkdir(parents=True, exist_ok=True)
        # In one step: whoever looks into the folder meanwhile never sees half a letter.
        draft = folder / f"{int(built['X-Smartby-Mail']):08d}.new"
        draft.write_bytes(built.as_bytes())
        draft.replace(draft.with_suffix(".eml"))
        return
    parts = urlsplit(url)
    context = ssl.create_default_context()
    secure = parts.scheme == "smtps"
    host, port = parts.hostname or "", parts.port or (465 if secure else 587)
    opened = (
        smtplib.SMTP_SSL(host, port, timeout=20, context=context)
        if secure
        else smtplib.SMTP(host, port, timeout=20)
    )
    with opened as smtp:
        if parts.scheme == "smtp+starttls":
            smtp.starttls(context=context)
        if parts.username:
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
        smtp.send_message(built)


def mail_folder() -> Path:
    """Return where mails lie as files when there is no mail server."""
    return Path(current_app.config["DATA"]) / "mail"
