"""Mail: a row written with the change that causes it, sent by the background job."""

from __future__ import annotations

import logging
import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import db
from .clock import now
from .models import Base, Timestamps
from .transaction import transaction

log = logging.getLogger(__name__)
TRIES = 8


class Mail(Timestamps, Base):
    """A mail on its way; the row is written in the transaction of the act that it tells about."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="nb")
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)


class MailWritten:
    """Fact: a mail waits to be sent."""


def write(to: str, subject: str, body: str, language: str) -> None:
    """Queue a mail inside the open transaction; the job sends it after the commit."""
    # A line break in a header would start another header.
    clean = " ".join(subject.split())
    db.session.add(Mail(to=to, subject=clean[:200], body=body, language=language))


def send_waiting(limit: int = 50) -> int:
    """Send what waits; return how many went out. A failed one is tried again later."""
    query = select(Mail.id).where(Mail.sent_at.is_(None), Mail.tries < TRIES).order_by(Mail.id)
    waiting = list(db.session.scalars(query.limit(limit)))
    return sum(_send_one(number) for number in waiting)


def _send_one(number: int) -> bool:
    mail = db.session.get(Mail, number)
    if mail is None or mail.sent_at is not None:
        return False
    try:
        deliver(message(mail))
        sent = True
    except (OSError, smtplib.SMTPException):
        log.exception("mail %s could not be sent", number)
        sent = False
    with transaction():
        mail.tries += 1
        if sent:
            mail.sent_at = now()
            # What was in it (links that sign people in) has no business staying here.
            mail.body = ""
    return sent


def message(mail: Mail) -> EmailMessage:
    """Build the message."""
    built = EmailMessage()
    name, address = parseaddr(current_app.config["MAIL_FROM"])
    built["From"] = Address(name, addr_spec=address)
    built["To"] = Address(addr_spec=mail.to)
    built["Subject"] = mail.subject
    built["Content-Language"] = mail.language
    built["X-Smartby-Mail"] = str(mail.id)
    built.set_content(mail.body)
    return built


def deliver(built: EmailMessage) -> None:
    """Hand a message to SMTP, or write it as an .eml file where no server is configured."""
    url = current_app.config["SMTP_URL"]
    if not url:
        folder = Path(current_app.config["DATA"]) / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{int(built['X-Smartby-Mail']):08d}.eml").write_bytes(built.as_bytes())
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
