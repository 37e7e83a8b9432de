"""Everything about accounts over HTTP."""

from __future__ import annotations

from . import (
    routes_mail,
    routes_password,
    routes_sessions,
    routes_settings,
    routes_sign_in,
    routes_sign_up,
)

__all__ = [
    "blueprints",
    "routes_mail",
    "routes_password",
    "routes_sessions",
    "routes_settings",
    "routes_sign_up",
]

blueprints = (routes_sign_in.bp,)
