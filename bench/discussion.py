"""`python -m bench.discussion NUMBER COUNT`, inside an installation: let many discuss."""

from __future__ import annotations

import sys

from sqlalchemy import select

from smartby import create_app
from smartby.accounts.models import User
from smartby.comments.actions import comment_on
from smartby.contributions.models import Contribution
from smartby.core.transaction import perform
from smartby.extensions import db


def main(number: int, count: int) -> None:
    app = create_app({"ASYNC": "threading"})
    with app.app_context():
        people = db.session.scalars(select(User.id).order_by(User.id).limit(40)).all()
        for n in range(count):
            idea = db.session.get_one(Contribution, number)
            person = db.session.get_one(User, people[n % len(people)])
            perform(comment_on, idea, body=f"Innlegg {n} om saken.", stance=None, by=person)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
