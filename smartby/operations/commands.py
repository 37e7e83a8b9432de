"""The commands of this room."""

from __future__ import annotations

from .backup import backup
from .doctor import doctor

COMMANDS = (doctor, backup)
