"""Pages by keyset: the next page starts after a row, at the same cost at any depth."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, Signer

from .errors import Invalid


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the sort value and the id of its last row."""

    value: float
    id: int


def encode(cursor: Cursor) -> str:
    """Write a cursor that cannot be made up by hand."""
    raw = base64.urlsafe_b64encode(struct.pack(">dq", cursor.value, cursor.id))
    return _signer().sign(raw.rstrip(b"=")).decode()


def decode(text: str | None) -> Cursor | None:
    """Read a cursor; raise Invalid for one that we did not write."""
    if not text:
        return None
    try:
        raw = _signer().unsign(text.encode())
        value, number = struct.unpack(">dq", base64.urlsafe_b64decode(raw + b"=="))
    except (BadSignature, binascii.Error, struct.error, UnicodeEncodeError) as error:
        raise Invalid from error
    return Cursor(value, number)


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="cursor", sep=".")
