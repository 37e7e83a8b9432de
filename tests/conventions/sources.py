"""The files that the house rules are about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "smartby"
TEMPLATES = PACKAGE / "templates"
NOT_OURS = {"node_modules", "dist", "__pycache__", ".venv", "build"}


def files(folder: Path, *suffixes: str) -> list[Path]:
    """Return the folder's own files with these suffixes, sorted."""
    found = (path for path in folder.rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if not NOT_OURS & set(path.relative_to(ROOT).parts))


@cache
def modules() -> dict[str, ast.Module]:
    """Return the package's modules as trees, by path inside the package."""
    return trees(PACKAGE)


@cache
def trees(folder: Path) -> dict[str, ast.Module]:
    """Return the folder's modules as trees, by path inside the folder."""
    return {
        str(path.relative_to(folder)): ast.parse(path.read_text()) for path in files(folder, ".py")
    }


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with the last part of its name: `a.b.c()` is c."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            yield name, node
