"""`python -m bench.books`, inside an installation: what has been voted there."""

from __future__ import annotations

import json

from sqlalchemy import func, select

import smartby.activities
from smartby import create_app
from smartby.ballots.models import Ballot, Round, Vote
from smartby.extensions import db

ACTIVITIES = smartby.activities  # which registers the kinds
DOTS = Round.kind == "dots"


def main() -> None:
    app = create_app({"ASYNC": "threading"})
    with app.app_context():
        print(json.dumps(count()))


def count() -> dict[str, int]:
    """Count votes with dots: ballots, what they gave and have left of what they had in all."""
    ballots = select(
        func.count(), func.coalesce(func.sum(Ballot.left_over), 0),
        func.coalesce(func.sum(Round.budget), 0),
    ).join(Round, Round.id == Ballot.round_id)  # fmt: skip
    many, left, budget = db.session.execute(ballots.where(DOTS, ~Ballot.abstained)).one()
    spent = (
        select(func.sum(Vote.value), Round.budget)
        .join(Round, Round.id == Vote.round_id)
        .where(DOTS)
        .group_by(Vote.round_id, Vote.voter, Round.budget)
    )
    rows = db.session.execute(spent).all()
    return {
        "ballots": many, "left": int(left), "budget": int(budget),
        "dots": int(sum(given for given, _had in rows)),
        "over": sum(given > had for given, had in rows),
    }  # fmt: skip


if __name__ == "__main__":
    main()
