"""Everything about comments over HTTP."""

from __future__ import annotations

from . import routes_own, routes_reading, routes_writing

__all__ = ["blueprints", "routes_own", "routes_reading"]

blueprints = (routes_writing.bp,)
