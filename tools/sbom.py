"""Write what smartby is built from as bills of materials (CycloneDX): Python and npm, in dist/."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import environment, node
from tools.stamps import ROOT

PYTHON, NPM = "sbom-python.json", "sbom-npm.json"


def locked() -> dict[str, str]:
    """Return name → version of every locked Python package."""
    lines = environment.CONSTRAINTS.read_text().splitlines()
    pairs = (line.partition("==") for line in lines if line and not line.startswith("#"))
    return {name: version for name, _equals, version in pairs}


def shipped() -> set[str]:
    """Return the packages that run where smartby runs; all others only build or test it."""
    found, waiting = set[tuple[str, str]](), {("smartby", "")}
    while waiting:
        found |= waiting
        waiting = {each for name, extra in waiting for each in _asked_for(name, extra)} - found
    return {name for name, _extra in found}


def python_bill() -> Bom:
    """Return the bill of the Python packages."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    bill, runs = Bom(), shipped()
    about = config["metadata"]
    root = bill.metadata.component = Component(
        name=about["name"], version=about["version"], type=ComponentType.APPLICATION,
        licenses=[LicenseFactory().make_from_string(about["license"])],
    )  # fmt: skip
    for name, version in locked().items():
        needed = canonicalize_name(name) in runs
        part = Component(
            name=name, version=version, type=ComponentType.LIBRARY,
            scope=ComponentScope.REQUIRED if needed else ComponentScope.EXCLUDED,
            licenses=_licence(name),
            purl=PackageURL("pypi", name=canonicalize_name(name), version=version),
        )  # fmt: skip
        bill.components.add(part)
    bill.register_dependency(root, [part for part in bill.components if _runs(part)])
    return bill


def npm_bill() -> str:
    """Return the bill of the npm packages, as npm itself writes it from the lock file."""
    program = node.ensure()
    command = [str(program.parent / "npm"), "sbom", "--sbom-format", "cyclonedx"]
    done = subprocess.run(
        [*command, "--package-lock-only"], cwd=ROOT, env=node.variables(program),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def main() -> int:
    """Write both bills into a folder (dist/ unless another is named)."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PYTHON).write_text(JsonV1Dot6(python_bill()).output_as_string(indent=2))
    (folder / NPM).write_text(npm_bill())
    print(f"{folder / PYTHON}\n{folder / NPM}")
    return 0


def _runs(part: Component) -> bool:
    return part.scope is ComponentScope.REQUIRED


def _asked_for(name: str, extra: str) -> Iterator[tuple[str, str]]:
    """Yield what a package with an extra (none: "") asks for, each with the extras it wants."""
    try:
        wanted = [Requirement(line) for line in distribution(name).requires or ()]
    except PackageNotFoundError:  # it is for another system or another Python
        return
    for requirement in wanted:
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            for each in ("", *requirement.extras):
                yield canonicalize_name(requirement.name), each


def _licence(name: str) -> list[License]:
    try:
        about = distribution(name).metadata
    except PackageNotFoundError:
        return []
    said = about.get("License-Expression") or about.get("License") or ""
    # Some packages put the whole text there.
    return [LicenseFactory().make_from_string(said)] if said and len(said) < 60 else []


if __name__ == "__main__":
    sys.exit(main())
