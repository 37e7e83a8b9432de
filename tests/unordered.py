"""What nobody asked an order of comes the other way round: whoever relies on an order is found.

PostgreSQL returns rows as they lie: mostly as they came, and now and then not.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


def prepare() -> None:
    """Have every SQLite connection of this process do so (sqlite.org/pragma.html)."""
    event.listen(Engine, "connect", _turn_round)


def _turn_round(connection: Any, _record: Any) -> None:
    if "sqlite" in type(connection).__module__:
        connection.execute("PRAGMA reverse_unordered_selects = ON")
