"""Writing a new row past the unit of work: for rows of which a hall writes thousands at once.

A flush sorts, compares and looks for whatever else may have changed; for one new row that costs
several times what the statement does.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Table, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from ..extensions import db
from .models import Base

DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def store(row: Base) -> bool:
    """Write a new row and keep it in the session; False when there is one of its kind already."""
    session, names, statement = db.session(), *_statement(type(row), db.engine.dialect.name)
    loaded = inspect(row).dict
    values = {column: loaded[name] for name, column in names if name in loaded}
    stored = session.execute(statement, values).one_or_none()
    if stored is None:
        return False
    for (name, _column), value in zip(names, stored, strict=True):
        set_committed_value(row, name, value)
    make_transient_to_detached(row)
    session.add(row)
    return True


@cache
def _statement(model: type[Base], dialect: str) -> tuple[list[tuple[str, str]], Any]:
    mapper = inspect(model)
    table = mapper.local_table
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} has no table of its own")
    names = [(mapper.get_property_by_column(column).key, column.key) for column in table.c]
    return names, DIALECTS[dialect](table).on_conflict_do_nothing().returning(*table.c)
