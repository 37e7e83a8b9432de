"""The tests themselves: what one of them changes is put back, and nothing is drawn from nothing."""

from __future__ import annotations

import ast

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError

from tests.conventions.sources import ROOT, trees

CHANGES = {"update", "setdefault", "pop", "from_object", "from_mapping"}


def test_settings_are_only_changed_by_what_puts_them_back() -> None:
    """That is monkeypatch.setitem: an assignment outlives the test whenever something fails."""
    guilty = {
        f"{name}:{node.lineno}"
        for name, tree in trees(ROOT / "tests").items()
        for node in ast.walk(tree)
        if _assigns_a_setting(node) or _changes_settings(node)
    }
    assert guilty == set()


def test_a_name_that_no_view_passes_is_a_mistake_here(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ nobody_passes_this }}")


def _assigns_a_setting(node: ast.AST) -> bool:
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    inside = [each for target in targets if target for each in ast.walk(target)]
    return isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete) and any(
        isinstance(each, ast.Subscript) and _is_config(each.value) for each in inside
    )


def _changes_settings(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in CHANGES and _is_config(called.value)


def _is_config(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "config"
