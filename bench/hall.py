"""`python -m bench.hall PEOPLE`, inside an installation: a hall in which a vote is on."""

from __future__ import annotations

import json
import secrets
import sys
from datetime import timedelta
from typing import Any

from sqlalchemy import select

import smartby.activities
from smartby import create_app
from smartby.ballots.models import Ballot, Vote
from smartby.core.clock import now
from smartby.core.guests import hash_of, new_secret
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Participant, Run
from smartby.facilitation.play import play_of
from smartby.municipalities.models import Municipality
from smartby.workshops.models import Activity, Workshop

OPTIONS = ["Flere trær", "Benker i sola", "Lekeplass", "Bysykler", "Kafé", "Scene"]
ACTIVITIES = smartby.activities  # which registers the kinds


def main() -> None:
    app = create_app({"ASYNC": "threading"})
    with app.app_context():
        found = count() if sys.argv[1] == "count" else hold(int(sys.argv[1]))
        print(json.dumps(found))


def hold(people: int) -> dict[str, Any]:
    """Hold a workshop with so many in it; return where it is and what their browsers keep."""
    keys = [new_secret() for _ in range(people)]
    with transaction():
        town = db.session.scalars(select(Municipality).order_by(Municipality.id)).first()
        leader = db.session.execute(db.text("SELECT id FROM user_account ORDER BY id")).scalar()
        run, step = _run(town, leader)
        play_of(step).begin(run, step)
        db.session.execute(
            Participant.__table__.insert(),  # type: ignore[attr-defined]
            [_participant(run, number, key) for number, key in enumerate(keys, start=1)],
        )
        run.joined = people
        return {"town": town.slug, "run": run.id, "activity": step.id, "keys": keys}  # type: ignore[union-attr]


def count() -> dict[str, int]:
    """Return what has been voted: ballots, dots, and more dots than somebody has."""
    spent = select(Vote.voter, db.func.sum(Vote.value).label("dots")).group_by(Vote.voter)
    dots = [row.dots for row in db.session.execute(spent)]
    ballots = db.session.scalar(select(db.func.count()).select_from(Ballot)) or 0
    left = db.session.scalar(select(db.func.sum(Ballot.left_over))) or 0
    return {"ballots": ballots, "dots": sum(dots), "left": left, "over": sum(n > 3 for n in dots)}


def _run(town: Any, leader: Any) -> tuple[Run, Activity]:
    workshop = Workshop(
        municipality_id=town.id, title="Torget", purpose="Hva skal det bli?", place="Salen",
        lang="nb", starts_at=now() + timedelta(hours=1), leader_id=leader, announced_at=now(),
        minutes=10,
    )  # fmt: skip
    db.session.add(workshop)
    db.session.flush()
    step = Activity(
        municipality_id=town.id, workshop_id=workshop.id, position=1, kind="dots", minutes=60,
        title="Hva er viktigst?", rules={"options": OPTIONS}, begun_at=now(),
        ends_at=now() + timedelta(hours=1),
    )  # fmt: skip
    db.session.add(step)
    db.session.flush()
    run = Run(
        id=workshop.id, municipality_id=town.id, code="ABC234", screen_key=secrets.token_hex(16),
        opened_by_id=leader, workshop=workshop, activity_id=step.id,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    return run, step


def _participant(run: Run, number: int, key: str) -> dict[str, Any]:
    return {
        "municipality_id": run.municipality_id, "run_id": run.id, "number": number, "name": "",
        "kind": "guest", "heads": 1, "at_home": False, "secret_hash": hash_of(key),
        "return_hash": None, "user_id": None, "consents": False, "joined_at": now(),
    }  # fmt: skip


if __name__ == "__main__":
    main()
