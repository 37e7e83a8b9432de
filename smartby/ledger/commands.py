"""`flask ledger`: verifying the chains."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from ..extensions import db
from ..municipalities.models import Municipality
from .verify import chains, verify


@click.group()
def ledger() -> None:
    """The public record of decisions."""


@ledger.command("verify")
@click.option("--town", default="", help="The address of one town; all when left out.")
@with_appcontext
def ledger_verify(town: str) -> None:
    """Recompute every hash; exit 1 when something has been changed, moved or removed."""
    places = {place.id: place for place in db.session.scalars(select(Municipality))}
    wanted = [place.id for place in places.values() if place.slug == town] if town else chains()
    if town and not wanted:
        raise click.ClickException(f"No town has the address {town}.")
    names = {number: places[number].slug for number in wanted if number in places}
    wrong = sum(_report(number, names.get(number, str(number))) for number in wanted)
    click.echo(f"ledger={'ok' if not wrong else 'broken'} chains={len(wanted)} problems={wrong}")
    if wrong:
        raise SystemExit(1)


def _report(chain: int, name: str) -> int:
    count = 0
    for count, problem in enumerate(verify(chain), 1):  # noqa: B007 - counted while told
        click.echo(f"{name}: {problem}", err=True)
    return count
