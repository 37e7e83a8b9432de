"""`flask doctor`: what is unsafe or missing before real people come, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask.cli import with_appcontext

from . import settings, state
from .findings import UNSAFE, Finding


@click.command()
@with_appcontext
def doctor() -> None:
    """Name what is unsafe and what is missing; exit 1 while anything is unsafe."""
    found = sorted(findings(), key=lambda finding: finding.level != UNSAFE)
    for finding in found:
        click.echo(f"{finding.level:<9}{finding.what}\n{'':9}→ {finding.do}")
    count = sum(finding.level == UNSAFE for finding in found)
    click.echo(f"{count} unsafe, {len(found) - count} missing.")
    if count:
        raise SystemExit(1)


def findings() -> Iterator[Finding]:
    """Yield all that is not as it should be; of a database that is away, only that."""
    for check in (*settings.CHECKS, *state.HERE):
        yield from check()
    wrong = list(state.database())
    yield from wrong
    if not wrong:
        for check in state.INSIDE:
            yield from check()
