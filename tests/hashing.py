"""The hasher that tests can afford, and the one that people get."""

from __future__ import annotations

from argon2 import PasswordHasher

from smartby.accounts import passwords

SHIPPED = passwords._hasher
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def hash_cheaply() -> None:
    """Hash at next to no cost from now on: the suite signs in some thousand times."""
    passwords.use_hasher(CHEAP)
