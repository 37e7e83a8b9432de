"""The format of an entry, version 1: the one way it is written, and how it is hashed."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

FORMAT = 1
GENESIS = "0" * 64


def canonical(content: dict[str, Any]) -> str:
    """Write an entry the one way it is hashed: sorted ASCII JSON without spaces."""
    return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def entry_hash(text: str) -> str:
    """Hash an entry: SHA-256 over a zero byte and the canonical text (RFC 6962's leaf)."""
    return hashlib.sha256(b"\x00" + text.encode()).hexdigest()


def body_hash(salt: str | None, text: str | None) -> str:
    """Hash a salted text; "" where there is none. Without salt and text the hash says nothing."""
    if not salt or not text:
        return ""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def title_hash(salt: str | None, title: str | None) -> str:
    """Hash a salted title; the byte between keeps it apart from a text of the same words."""
    if not salt or not title:
        return ""
    return hashlib.sha256(bytes.fromhex(salt) + b"\x01" + title.encode()).hexdigest()


def person_hash(key: str, municipality_id: int, user_id: int) -> str:
    """Name a person within one chain; without the random key the name is nobody's."""
    message = f"{municipality_id}:{user_id}".encode()
    return hmac.new(bytes.fromhex(key), message, hashlib.sha256).hexdigest()[:32]


def stamp(moment: datetime) -> str:
    """Write a moment in whole seconds UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
