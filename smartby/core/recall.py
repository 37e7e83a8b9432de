"""Rows that every request reads, remembered until the database says that something was committed.

Whoever commits, in this process or another, makes all of it be read anew: a ban or a new role
holds from the next request on, and nobody has to think of forgetting anything.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from sqlalchemy import inspect
from sqlalchemy.orm import make_transient_to_detached

from ..extensions import db
from .models import Base
from .versions import version

T = TypeVar("T")
Row = TypeVar("Row", bound=Base)
SIZE = 2_000
Store = OrderedDict[Hashable, tuple[Any, Any]]


def bind(app: Flask) -> None:
    """Give the application a memory of its own."""
    app.extensions["smartby-recalled"] = OrderedDict()


def recall(key: Hashable, read: Callable[[], T]) -> T:
    """Return what was read under a key at this version of the database, or read it.

    It is shared by requests: nobody may change it, and no model belongs in it. Inside a
    transaction everything is read.
    """
    session: Any = db.session()
    asked = None if session.writing else version()
    if asked is None:
        return read()
    store: Store = current_app.extensions["smartby-recalled"]
    if key in store and store[key][0] == asked:
        store.move_to_end(key)
        found: T = store[key][1]
        return found
    found = read()
    if found is not None:
        store[key] = (asked, found)
        if len(store) > SIZE:
            store.popitem(last=False)
    return found


def brought(model: type[Row], values: Mapping[str, Any]) -> Row:
    """Return the row as if this session had just read it with these values of its columns.

    Like any other row it expires at the next transaction. What is not among the values is read
    when somebody asks for it.
    """
    session: Any = db.session()
    mapper = inspect(model)
    key = mapper.identity_key_from_primary_key(tuple(values[c.name] for c in mapper.primary_key))
    known: Row | None = session.identity_map.get(key)
    if known is not None:
        return known
    row = cast("Row", mapper.class_manager.new_instance())
    row.__dict__.update(values)
    make_transient_to_detached(row)
    session.add(row)
    return row
