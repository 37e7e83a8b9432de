"""Setting up chains, breaking them, and verifying them, without a request."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select, update

from smartby.accounts.models import User
from smartby.core.transaction import perform, transaction
from smartby.extensions import db
from smartby.ledger.models import LedgerEntry
from smartby.ledger.record import Decision, record
from smartby.ledger.verify import verify
from smartby.municipalities.models import Municipality


def town_id(app: Flask, slug: str = "havnvik") -> int:
    with app.app_context():
        found = db.session.scalar(select(Municipality.id).where(Municipality.slug == slug))
    assert found is not None
    return found


def enter(chain: int, number: int, by: str = "ingrid") -> None:
    """Enter a decision with a title and a reason; inside an app context."""
    person = db.session.scalars(select(User).where(User.email == f"{by}@example.no")).one()
    decision = Decision(
        "stage.moved",
        f"contribution:{900 + number}",  # no contribution of any test
        title=f"Lys på gangvei {number}",
        from_value="received",
        to_value="under_review",
        text=f"Vi måler farten ved skole nummer {number}.",
        label="" if by == "kari" else "rådgiver, Vei og trafikk",
        details={"support": number, "to_nb": "Vurderes"},
    )
    perform(record, chain, decision, person)


def chain_of(app: Flask, length: int = 6, by: str = "ingrid") -> int:
    """Enter some decisions in Havnvik's chain; return the chain."""
    chain = town_id(app)
    with app.app_context():
        for number in range(length):
            enter(chain, number + 1, by)
    return chain


def problems(app: Flask, chain: int) -> list[str]:
    """Verify a chain; return the problems in words."""
    with app.app_context():
        return [str(problem) for problem in verify(chain)]


def newest(app: Flask, chain: int) -> Any:
    with app.app_context():
        query = select(LedgerEntry).where(LedgerEntry.municipality_id == chain)
        return db.session.scalars(query.order_by(LedgerEntry.seq.desc()).limit(1)).one()


def tamper(app: Flask, chain: int, place: int, **values: Any) -> None:
    """Change an entry behind the application's back."""
    statement = update(LedgerEntry).where(
        LedgerEntry.municipality_id == chain, LedgerEntry.seq == place
    )
    run(app, statement.values(**values))


def run(app: Flask, *statements: Any) -> None:
    with app.app_context(), transaction():
        for statement in statements:
            db.session.execute(statement)
