"""`flask pipeline`: looking at a town's graph."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from ..extensions import db
from ..municipalities.models import Municipality
from .diagram import mermaid
from .queries import moves_of, pipeline_of


@click.group()
def pipeline() -> None:
    """Stages and moves of the towns."""


@pipeline.command("diagram")
@click.argument("town")
@with_appcontext
def pipeline_diagram(town: str) -> None:
    """Print the graph of TOWN (its address) as a Mermaid diagram."""
    place = db.session.scalars(select(Municipality).where(Municipality.slug == town)).one_or_none()
    if place is None:
        raise click.ClickException(f"No town has the address {town}.")
    click.echo(mermaid(pipeline_of(place.id).shown, moves_of(place.id)))
