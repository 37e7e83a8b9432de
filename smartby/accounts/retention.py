"""What accounts keep only for a while: sessions, mailed links and held text."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, delete, or_

from ..core.clock import now
from ..core.transaction import perform
from ..extensions import db
from .models import HeldText, MailedLink, UserSession

REMEMBERED = timedelta(days=1)
OLD_SESSIONS = delete(UserSession).where(
    or_(UserSession.expires_at < bindparam("before"), UserSession.ended_at < bindparam("before"))
)
OLD_LINKS = delete(MailedLink).where(MailedLink.expires_at < bindparam("before"))
OLD_TEXTS = delete(HeldText).where(HeldText.expires_at < bindparam("moment"))


def trim_accounts() -> int:
    """Delete what has expired; return how many rows went."""
    return perform(_trim)


def _trim() -> int:
    moments = {"moment": now(), "before": now() - REMEMBERED}
    options = {"synchronize_session": False}
    steps = (OLD_SESSIONS, OLD_LINKS, OLD_TEXTS)
    results = [db.session.execute(step, moments, execution_options=options) for step in steps]
    return sum(result.rowcount for result in results)  # type: ignore[attr-defined]
