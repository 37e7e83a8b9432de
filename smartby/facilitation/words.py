"""Codes that are read aloud, and return codes that are easy to copy by hand."""

from __future__ import annotations

import hashlib
import re
import secrets
from functools import cache
from pathlib import Path

# Without 0 and O, 1 and I and L, 5 and S, 2 and Z, 8 and B, U and V.
LETTERS = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 6
COUNT = 4  # words of a return code


def new_code() -> str:
    """Make a code of a workshop: six characters that nobody mistakes for others."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def read_code(typed: str) -> str | None:
    """Read a code as people type it, with spaces and small letters; None when it cannot be one."""
    code = re.sub(r"[\s.-]", "", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None


def spaced(code: str) -> str:
    """Write a code as it is shown: "K7M 4PX"."""
    return f"{code[:3]} {code[3:]}"


def return_words(secret: str) -> str:
    """Return the four words that bring a participant back; they follow from the secret."""
    digest = hashlib.sha256(f"return:{secret}".encode()).digest()
    left = list(_words())
    return " ".join(
        # Taken out as they are used: a word that comes twice reads like a mistake.
        left.pop(int.from_bytes(digest[2 * n : 2 * n + 2]) % len(left))
        for n in range(COUNT)
    )


def words_hash(run_id: int, typed: str) -> str:
    """Return what is stored of a return code, however it was typed."""
    plain = " ".join(re.findall(r"\w+", typed.casefold()))
    return hashlib.sha256(f"{run_id}:{plain}".encode()).hexdigest()


@cache
def _words() -> list[str]:
    return (Path(__file__).parent / "data" / "words.txt").read_text("utf-8").split()
