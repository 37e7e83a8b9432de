"""`flask search`: the index of words."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from .reindex import rebuild


@click.group()
def search() -> None:
    """The index of words by which contributions are found."""


@search.command("rebuild")
@with_appcontext
def search_rebuild() -> None:
    """Read every text anew, after the words in smartby/core/data were changed."""
    click.echo(f"{rebuild()} texts are found by other words than before.")
