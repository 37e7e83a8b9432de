"""The commands of this room."""

from __future__ import annotations

from .doctor import doctor

COMMANDS = (doctor,)
