"""`flask seed`: planting the demo, or many times as much of it for measuring."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from ..accounts.models import User
from ..extensions import db
from ..municipalities.models import Municipality
from .content import Content, read
from .demo import plant
from .scale import plant_many
from .world import PASSPHRASE, demo_people


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when there is a town already.")
@click.option(
    "--scale",
    type=click.IntRange(1, 20_000),
    default=1,
    help="Plant this many times as much, for measuring.",
)
@with_appcontext
def seed(if_empty: bool, scale: int) -> None:
    """Plant the demo: invented towns whose people can be signed in as."""
    content = read()
    if db.session.scalars(select(Municipality.id).limit(1)).first() is not None:
        if not if_empty:
            raise click.ClickException("There is a town already; the demo needs an empty database.")
    elif current_app.config["SECURE"]:
        raise click.ClickException(
            "PUBLIC_URL is https: anybody could sign in as the demo's people."
        )
    elif scale > 1:
        plant_many(content, scale, say=lambda text: click.echo(text, err=True))
    else:
        plant(content)
    click.echo(sign_ins(content))


def sign_ins(content: Content) -> str:
    """Tell how to sign in as the demo's people; "" where they do not live."""
    people = list(demo_people(content))
    emails = [email for email, _name, _roles in people]
    found = db.session.scalar(select(func.count(User.id)).where(User.email.in_(emails)))
    if not people or found != len(people):
        return ""
    wide = max(map(len, emails))
    lines = [f"  {email:{wide}}  {name}, {roles}" for email, name, roles in people]
    return "\n".join([f'The demo\'s people, all with the password "{PASSPHRASE}":', *lines])
