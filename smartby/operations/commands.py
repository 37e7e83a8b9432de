"""The commands of this room."""

from __future__ import annotations

from .backup import backup
from .doctor import doctor
from .moving import export_town, import_town

COMMANDS = (doctor, backup, export_town, import_town)
