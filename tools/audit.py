"""Ask the advisory services about every locked package, and say what is known of them.

Ends with 0 when both answered and know of nothing, 1 when something is known, and 3 when a service
did not answer: not having been told of anything is not the same as there being nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tools import environment, node
from tools.stamps import ROOT

CLEAN, KNOWN, UNREACHED = 0, 1, 3
FOLDERS = (ROOT, ROOT / "tests" / "browser")  # each has a package-lock.json


class NoAnswer(RuntimeError):
    """A service could not be reached; the message is its client's."""


def python_advisories() -> list[str]:
    """Return what is known about the locked Python packages; raise NoAnswer."""
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "locked.txt"
        locked.write_text(environment.CONSTRAINTS.read_text())
        command = [str(environment.VENV / "bin" / "pip-audit"), "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off", "--requirement", str(locked)]
        packages = _answer(command, "dependencies", ROOT)["dependencies"]
    return known_of(packages)


def known_of(packages: Sequence[dict[str, Any]]) -> list[str]:
    """Return what pip-audit says is known; raise NoAnswer when it left any package out.

    It ends with 0 also where the service did not know a single one of them, as mirrors do that
    have the packages and not what is said about them.
    """
    left_out = [package["skip_reason"] for package in packages if "skip_reason" in package]
    if left_out or not packages:
        said = left_out[0] if left_out else ""
        raise NoAnswer(f"{len(left_out)} of {len(packages)} packages were left out: {said}")
    return [
        f"{package['name']} {package.get('version', '')}: {known['id']}"
        for package in packages
        for known in package.get("vulns", ())
    ]


def npm_advisories() -> list[str]:
    """Return what is known about the locked npm packages; raise NoAnswer."""
    program = node.ensure()
    command = [str(program.parent / "npm"), "audit", "--json", "--package-lock-only"]
    found = []
    for folder in FOLDERS:
        known = _answer(command, "vulnerabilities", folder)["vulnerabilities"]
        found += [f"{name}: {about['severity']}" for name, about in known.items()]
    return found


def main() -> int:
    """Ask both, and say what each answered."""
    return max(_ask("pip-audit", python_advisories), _ask("npm audit", npm_advisories))


def _ask(service: str, ask: Callable[[], list[str]]) -> int:
    try:
        found = ask()
    except NoAnswer as error:
        print(f"{service}: no answer, so nothing is known either way.\n{error}", file=sys.stderr)
        return UNREACHED
    print(f"{service}: {len(found)} known")
    for line in found:
        print(f"  {line}")
    return KNOWN if found else CLEAN


def _answer(command: list[str], wanted: str, folder: Path) -> dict[str, Any]:
    """Run a client; it ends with an error also when it has found something."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        said = {}
    if wanted not in said:
        raise NoAnswer((done.stderr or done.stdout).strip()[-1000:])
    answered: dict[str, Any] = said
    return answered


if __name__ == "__main__":
    sys.exit(main())
