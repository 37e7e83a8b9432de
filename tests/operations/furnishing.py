"""A row of a town in every table that has none, made from what the table says of its columns."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import Column, Table, insert, select

from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.operations.belongings import owned, rows_of

# Where a table demands one of a few words, or `flask check` that the books add up.
WANTED = {
    ("invitation", "role"): "moderator",
    ("draft", "kind"): "idea",
    ("workshop_lead", "role"): "lead",
    ("participant", "kind"): "guest",
    ("ballot", "way"): "guest",
    ("ballot", "left_over"): 0,
    ("round", "kind"): "dots",
    ("card", "state"): "shown",
}
BY_TYPE: dict[str, Any] = {
    "Integer": 1, "Double": 0.5, "Boolean": False, "String": "x", "Text": "x", "JSON": ["x"],
}  # fmt: skip


def furnish(app: Flask, town: int = 1) -> list[str]:
    """Put a row of the town into each of its tables that is empty; return their names."""
    filled = []
    with app.app_context():
        for table in owned().values():
            with transaction():
                found = db.session.execute(rows_of(table).limit(1), {"town": town}).first()
                if found is None:
                    db.session.execute(insert(table).values(_row(table, town)))
                    filled.append(str(table.name))
    return filled


def _row(table: Table, town: int) -> dict[str, Any]:
    row = {column.name: _value(column) for column in table.columns}
    for key in table.foreign_key_constraints:
        target = key.referred_table
        query = rows_of(target) if target.name in owned() else select(target)
        there = db.session.execute(query, {"town": town}).mappings().first()
        if there is not None:
            row |= {each.parent.name: there[each.column.name] for each in key.elements}
    return row


def _value(column: Column[Any]) -> Any:
    kind = type(column.type).__name__
    usual = now() if kind == "UtcDateTime" else BY_TYPE[kind]
    return WANTED.get((column.table.name, column.name), usual)
