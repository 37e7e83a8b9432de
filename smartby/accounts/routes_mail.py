"""The mails that lie as files, where there is no mail server: so that a demo can be clicked."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from flask import current_app, render_template

from ..core.access import public
from ..core.errors import NotFound
from ..core.mail import mail_folder
from .routes_sign_in import bp

SHOWN = 30


@bp.get("/mail")
@public  # in development only
def mail() -> str:
    """Show the newest mails."""
    if not current_app.config["SHOW_MAIL"]:
        raise NotFound
    newest = sorted(mail_folder().glob("*.eml"), reverse=True)[:SHOWN]
    return render_template("mail/index.html", mails=[_read(path) for path in newest])


def _read(path: Path) -> dict[str, Any]:
    read = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = read.get_body(("plain",))
    return {
        "number": path.stem,
        "to": read["To"],
        "subject": read["Subject"],
        "language": read["Content-Language"],
        "at": read["Date"].datetime if read["Date"] else None,
        "text": body.get_content() if body else "",
    }
