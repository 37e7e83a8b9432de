"""Every address and every socket command says who may use it."""

from __future__ import annotations

from flask import Flask

from smartby.core.access import rules
from smartby.core.sockets import commands
from smartby.extensions import socketio

ALWAYS = {"connect", "disconnect"}


def test_every_route_declares_its_access(app: Flask) -> None:
    undeclared = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint.rpartition(".")[2] != "static" and not hasattr(view, "access")
    }
    assert undeclared == set()


def test_every_declared_access_is_a_rule(app: Flask) -> None:
    known = {"public", *rules()}
    named = {
        endpoint: getattr(view, "access", None) for endpoint, view in app.view_functions.items()
    }
    assert {endpoint: name for endpoint, name in named.items() if name and name not in known} == {}


def test_every_socket_command_declares_its_access(app: Flask) -> None:
    heard = set(socketio.server.handlers["/"]) - ALWAYS
    assert heard == set(commands)
    assert set(commands.values()) <= {"public", *rules()}
