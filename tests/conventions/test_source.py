"""What may be said where: the request, the commit, the clock, the environment, and SQL."""

from __future__ import annotations

import ast

import pytest

from tests.conventions.sources import calls, modules

REQUEST_NAMES = {"request", "session", "flash"}
CLOCKS = {"now", "utcnow", "today"}
# The only places for each of these calls.
PLACES: dict[str, set[str]] = {
    "IntegerField": set(),  # WholeNumberField: it knows how many figures can be reckoned with
    "commit": {"core/transaction.py", "core/together.py"},
    # The direct write is how what the pump emits leaves; it begins nothing itself.
    "emit": {"core/live.py", "core/pump.py", "core/direct.py"},
    "getenv": {"config.py"},
}
# Statements whose number of rows varies: what is glued in are placeholders, never values.
PLACEHOLDERS_ONLY = {"core/outbox.py"}


def test_only_routes_and_the_core_know_the_request() -> None:
    guilty = {
        name: names
        for name, tree in modules().items()
        if not _may_see_request(name) and (names := _imported_from_flask(tree) & REQUEST_NAMES)
    }
    assert guilty == {}


@pytest.mark.parametrize("verb", PLACES)
def test_some_verbs_have_one_place(verb: str) -> None:
    users = {name for name, tree in modules().items() if verb in dict(calls(tree))}
    assert users - PLACES[verb] == set()


def test_the_clock_is_read_in_one_place() -> None:
    readers = {name for name, tree in modules().items() if _reads_clock(tree)}
    assert readers - {"core/clock.py"} == set()


def test_the_environment_is_read_in_one_place() -> None:
    readers = {name for name, tree in modules().items() if _reads_environment(tree)}
    assert readers - {"config.py", "gunicorn_conf.py"} == set()


def test_sql_is_never_put_together_from_values() -> None:
    guilty = {
        name
        for name, tree in modules().items()
        for verb, call in calls(tree)
        if verb in {"text", "order_by"} and any(map(_is_glued, call.args))
    }
    assert guilty - PLACEHOLDERS_ONLY == set()


def _may_see_request(name: str) -> bool:
    inside = name.startswith("core/") or name.rpartition("/")[2].startswith("routes")
    # Signing in, and what waits for it, *is* about the request.
    return inside or name in {"accounts/sessions.py", "accounts/held.py"}


def _imported_from_flask(tree: ast.Module) -> set[str]:
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "flask"
        for alias in node.names
    }


def _reads_clock(tree: ast.Module) -> bool:
    return any(
        verb in CLOCKS
        and isinstance(call.func, ast.Attribute)
        and getattr(call.func.value, "id", "") in {"datetime", "date"}
        for verb, call in calls(tree)
    )


def _reads_environment(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == "environ"
        and getattr(node.value, "id", "") == "os"
        for node in ast.walk(tree)
    )


def _is_glued(argument: ast.expr) -> bool:
    glued = isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Add | ast.Mod)
    return glued or isinstance(argument, ast.JoinedStr)
