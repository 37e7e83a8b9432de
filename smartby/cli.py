"""Commands for whoever runs the installation."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from .accounts.commands import mail, user_add
from .accounts.models import User
from .checks import check
from .contributions.commands import search
from .core.errors import Refusal
from .core.outbox import renumber
from .core.transaction import perform
from .extensions import db
from .ledger.commands import ledger
from .municipalities.actions import close_town, give_role, open_town
from .municipalities.models import Municipality
from .municipalities.queries import all_towns
from .operations.commands import COMMANDS as OPERATIONS
from .operations.schema import MIGRATIONS, explained, silent
from .pipeline.commands import pipeline
from .principles.reference import plant as plant_principles
from .seeds.commands import seed


def register(app: Flask) -> None:
    """Bind every command."""
    for command in COMMANDS:
        app.cli.add_command(command)
    if click.get_current_context(silent=True):
        bind_migrations(app)


def bind_migrations(app: Flask) -> None:
    """Bind Flask-Migrate and its `db`: ten megabytes that commands need, and a worker never."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=app.config.get("MIGRATIONS", "migrations"))


@click.command()
@with_appcontext
def init() -> None:
    """Create or upgrade the database and its reference data."""
    from flask_migrate import upgrade

    if "migrate" not in current_app.extensions:
        bind_migrations(current_app)
    try:
        with db.engine.connect() as connection:
            if db.engine.dialect.name == "sqlite":
                connection.connection.driver_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]
    except SQLAlchemyError as error:
        raise click.ClickException(silent(error)) from error
    upgrade(directory=str(MIGRATIONS))
    perform(plant_principles)
    click.echo(f"The database is ready: {db.engine.url.render_as_string()}")


@click.command()
@with_appcontext
def restored() -> None:
    """Say that a backup was put back, before the server starts: open pages read themselves anew."""
    count = perform(renumber, db.session())
    click.echo(f"{count} streams begin anew.")


@click.group()
def town() -> None:
    """Municipalities and counties that take part."""


@town.command("add")
@click.argument("number")
@click.option("--slug", default="", help="The address; made from the name when left out.")
@click.option("--code", default="", help="Three letters for reference codes.")
@with_appcontext
def town_add(number: str, slug: str, code: str) -> None:
    """Make the municipality with this NUMBER active."""
    try:
        with force_locale("en"):  # as all commands speak
            added = perform(open_town, number, slug=slug, code=code)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{added.name} is open at {current_app.config['PUBLIC_URL']}/{added.slug}/")


@town.command("list")
@with_appcontext
def town_list() -> None:
    """List the municipalities that take part, and those that are closed."""
    for each in all_towns():
        state = "closed" if each.closed_at else "open"
        click.echo(f"{each.number:<5}{each.slug:<24}{each.code:<5}{state:<8}{each.name}")


@town.command("close")
@click.argument("slug")
@click.option("--again", is_flag=True, help="Open it again instead.")
@with_appcontext
def town_close(slug: str, again: bool) -> None:
    """Close the municipality at SLUG to everybody; nothing in it is deleted."""
    place = db.session.scalars(select(Municipality).where(Municipality.slug == slug)).one_or_none()
    if place is None:
        raise click.ClickException("No such town.")
    perform(close_town, place, closed=not again)
    click.echo(f"{place.name} is {'open' if again else 'closed'}.")


@click.group()
def user() -> None:
    """Accounts and first administrators."""


user.add_command(user_add)


@user.command("make-administrator")
@click.argument("email")
@click.argument("slug")
@with_appcontext
def make_administrator(email: str, slug: str) -> None:
    """Make the account with this EMAIL administrator of the town at SLUG."""
    account = db.session.scalars(select(User).where(User.email == email.lower())).one_or_none()
    place = db.session.scalars(select(Municipality).where(Municipality.slug == slug)).one_or_none()
    if account is None:
        raise click.ClickException(f"No account has the e-mail {email}.")
    if place is None:
        raise click.ClickException(f"No town has the address {slug}.")
    perform(give_role, place, account, "administrator")
    click.echo(f"{account.name} is administrator of {place.name}.")


@user.command("make-operator")
@click.argument("email")
@with_appcontext
def make_operator(email: str) -> None:
    """Let the account with this EMAIL open municipalities."""
    account = db.session.scalars(select(User).where(User.email == email.lower())).one_or_none()
    if account is None:
        raise click.ClickException("No such account.")

    def promote() -> None:
        account.is_operator = True

    perform(promote)
    click.echo(f"{account.name} runs this installation.")


COMMANDS = (
    init,
    *map(
        explained,
        (town, user, mail, ledger, pipeline, search, seed, check, restored, *OPERATIONS),
    ),
)
