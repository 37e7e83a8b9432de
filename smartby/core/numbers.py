"""Numbers in addresses: those that a row can have; larger ones are simply not found."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """The `int` of our addresses: at most what the database's integer holds."""

    regex = "[0-9]+"  # \d would take the digits of every script, and one page had many addresses

    def __init__(self, map: Map, **options: Any) -> None:  # noqa: A002 - Werkzeug's own name
        options.setdefault("max", LARGEST)
        super().__init__(map, **options)
