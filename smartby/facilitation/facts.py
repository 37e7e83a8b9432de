"""What has happened while workshops are held."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from .models import Run


@dataclass(frozen=True, slots=True)
class DoorsOpened:
    """One can join a workshop from now on."""

    run: Run
    by: User


@dataclass(frozen=True, slots=True)
class RunClosed:
    """A workshop has been held; nothing is added to it any more."""

    run: Run
    by: User
