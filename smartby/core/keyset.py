"""One page of a long list: what comes after a row in an order, at the same cost at any depth."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, select, union_all

R = TypeVar("R")


class Way(StrEnum):
    """Which part of a list is asked for: its beginning, what follows a row, what comes before."""

    FIRST = "first"
    AFTER = "after"
    BEFORE = "before"


def page(query: Select[Any], sort: ColumnElement[Any], key: ColumnElement[Any], way: Way) -> Any:
    """Order a query by `sort` and `key`, greatest first, and cut it to bound :limit rows.

    Beyond a row (bound :value and :last) the list goes on in two parts: what shares its value, and
    what lies past it. Asked for with OR, or as a pair, SQLite reads all rows that share the value.
    For what comes before a row the order is turned; the caller turns the rows again.
    """
    limit: Any = bindparam("limit")
    if way is Way.FIRST:
        return ordered(query, sort, key, way).limit(limit)
    value, last = bindparam("value", type_=sort.type), bindparam("last", type_=key.type)
    back = way is Way.BEFORE
    ties = query.where(sort == value, key > last if back else key < last)
    rest = query.where(sort > value if back else sort < value)
    parts = [ordered(part, sort, key, way).limit(limit).subquery() for part in (ties, rest)]
    both = union_all(*(select(part) for part in parts)).subquery()
    return ordered(select(both), both.c[sort.key or ""], both.c[key.key or ""], way).limit(limit)


def cut(rows: Sequence[R], size: int, way: Way) -> tuple[Sequence[R], bool, bool]:
    """Cut a page and one more to a page, in order; tell whether there is more before and after."""
    page, beyond = rows[:size], len(rows) > size
    if way is Way.BEFORE:
        return page[::-1], beyond, bool(page)
    return page, way is Way.AFTER and bool(page), beyond


def ordered(
    query: Select[Any], sort: ColumnElement[Any], key: ColumnElement[Any], way: Way
) -> Select[Any]:
    """Order rows as a page does: turned for what comes before a row."""
    if way is Way.BEFORE:
        return query.order_by(sort.asc(), key.asc())
    return query.order_by(sort.desc(), key.desc())
