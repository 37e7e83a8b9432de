"""Commands about accounts and mail for whoever runs the installation."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from ..config import LANGUAGES
from ..core.errors import Refusal
from ..core.mail import send_waiting
from ..core.transaction import perform
from .actions import NewAccount, add_account
from .addresses import normal
from .passwords import hash_password, problem


@click.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name shown.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nb", show_default=True)
@click.password_option(help="Asked for when left out, so that it is in no history.")
@with_appcontext
def user_add(email: str, name: str, language: str, password: str) -> None:
    """Make an account for EMAIL, confirmed at once."""
    address = normal(email)
    if address is None:
        raise click.ClickException("That is no e-mail address.")
    wrong = problem(password, name=name, email=address)
    if wrong is not None:
        raise click.ClickException(f"The password will not do: {wrong.replace('_', ' ')}.")
    wanted = NewAccount(" ".join(name.split()), address, hash_password(password), language)
    try:
        with force_locale("en"):  # as all commands speak
            perform(add_account, wanted, confirmed=True)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{wanted.name} can sign in as {address}.")


@click.group()
def mail() -> None:
    """Mail that waits to be sent."""


@mail.command("send")
@with_appcontext
def mail_send() -> None:
    """Send what waits, now."""
    click.echo(f"{send_waiting()} sent.")
