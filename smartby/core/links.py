"""Decide which addresses smartby may send a person on to."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from flask import request

_LONGEST = 2000
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_DECODE_ROUNDS = 3  # a proxy in front may decode once, a careless one twice


def _plain_path(path: str) -> bool:
    """Tell whether a path has no control, backslash or empty segment (which can mean a host)."""
    same = unicodedata.normalize("NFKC", path)
    return not _UNSAFE.search(path) and "\\" not in same and "//" not in same


def safe_next(target: str | None) -> str | None:
    """Return the target when it is a path on this site, otherwise None."""
    if not target or len(target) > _LONGEST or target[0] != "/" or _UNSAFE.search(target):
        return None
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    for _ in range(_DECODE_ROUNDS):
        if not _plain_path(path):
            return None
        # A space is harmless once decoded, and real addresses have it.
        path = unquote(path).replace(" ", "+")
    return target if _plain_path(path) else None


def is_safe_link(address: str) -> bool:
    """Tell whether this is a whole https address on a named host, without name and password."""
    if _UNSAFE.search(address) or re.search("[<>\"'`]", address):
        return False
    try:
        parts = urlsplit(address)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        return False
    named = "." in (parts.hostname or "").strip(".")
    return parts.scheme == "https" and named and "@" not in parts.netloc and port_is_one


def first_part(path: str | None) -> str:
    """Return the first part of a path, where a town's name stands; "" when there is none."""
    return next(iter(re.split(r"[/?#]", path or "", maxsplit=2)[1:2]), "")


def came_from() -> str:
    """Return what this request says of the town one comes from: `town`, or where `next` lies."""
    return request.args.get("town") or first_part(safe_next(request.args.get("next")))
