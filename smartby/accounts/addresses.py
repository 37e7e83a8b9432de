"""E-mail addresses in the one form in which they are stored and compared."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


def normal(typed: str | None) -> str | None:
    """Return the address in lower-case ASCII, or None when it is none."""
    text = (typed or "").strip()
    if not 3 <= len(text) <= LONGEST:
        return None
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    address = (found.ascii_email or "").lower()
    return address if 3 <= len(address) <= LONGEST else None
