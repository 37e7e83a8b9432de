"""What the figures were taken on, when, and by which command."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench import load
from bench.stage import CONNECTIONS


def machine(seconds: float, command: Sequence[str]) -> dict[str, Any]:
    """Tell what the figures are taken on."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return {
        "command": " ".join(("python -m bench", *command)),
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day where the machine stands
        "cores": os.cpu_count(),
        "cpu": names[0] if names else platform.machine(),
        "python": platform.python_version(),
        "load_from": load.tool(),
        "connections": CONNECTIONS,
        "seconds": seconds,
        "busy": os.getloadavg()[0],
    }
