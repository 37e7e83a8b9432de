"""An installation as `flask init` leaves it: reference data, and nobody there."""

from __future__ import annotations

from flask import Flask

from smartby.core.models import Base
from smartby.core.transaction import transaction
from smartby.extensions import db

KEPT = {"principle", "goal"}


def emptied(app: Flask) -> None:
    """Remove all towns, people and what they have written."""
    with app.app_context(), transaction():
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in KEPT:
                db.session.execute(table.delete())
