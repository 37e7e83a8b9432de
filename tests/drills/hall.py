"""`python -m tests.drills.hall`, inside an installation: an idea, and three workshops that are on.

One votes with dots, one writes cards that all see, and one cards that nobody may see yet.
"""

from __future__ import annotations

import json
import secrets
import sys
from datetime import timedelta
from typing import Any

from sqlalchemy import select

import smartby.activities
from smartby import create_app
from smartby.accounts.models import User
from smartby.core.clock import now
from smartby.core.guests import hash_of, new_secret
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Run
from smartby.facilitation.participants import seat
from smartby.facilitation.play import play_of
from smartby.municipalities.models import Municipality
from smartby.workshops.models import Activity, Workshop

ACTIVITIES = smartby.activities  # which registers the kinds
BUDGET = 3
OPTIONS = ["Flere trær", "Benker i sola", "Lekeplass", "Bysykler", "Kafé", "Scene"]
STEPS = {
    "dots": ("dots", {"options": OPTIONS, "budget": BUDGET, "blind": False}, 8),
    "wall": ("brainstorm", {"open": True}, 4),
    "quiet": ("brainstorm", {}, 2),
}
CITIZENS = 5
LONG = timedelta(hours=12)  # each activity is on for as long as anybody drills


def main() -> None:
    app = create_app({"ASYNC": "threading"})
    with app.app_context():
        citizens = _citizens()
        runs = {name: _hold(*step) for name, step in STEPS.items()}
        sys.stdout.write(json.dumps({"citizens": citizens, "runs": runs}))


def _citizens() -> list[str]:
    with transaction():
        hashed = db.session.scalars(select(User.password_hash).limit(1)).one()
        people = [
            User(
                name=f"Innbygger {n}", email=f"innbygger{n}@example.no", password_hash=hashed,
                email_confirmed_at=now(), language=None,
            )
            for n in range(CITIZENS)
        ]  # fmt: skip
        db.session.add_all(people)
    return [person.email for person in people]


def _hold(kind: str, rules: dict[str, Any], people: int) -> dict[str, Any]:
    with transaction():
        town = db.session.scalars(select(Municipality).order_by(Municipality.id)).first()
        assert town is not None
        run, step = _run(town, kind, rules)
        play_of(step).begin(run, step)
        guests = [_guest(run) for _ in range(people)]
        return {
            "run": run.id, "activity": step.id, "screen": run.screen_key, "guests": guests,
        }  # fmt: skip


def _guest(run: Run) -> tuple[int, str]:
    secret = new_secret()
    guest = seat(run, 1, name="", kind="guest", secret_hash=hash_of(secret))
    db.session.flush()
    return guest.id, secret


def _run(town: Municipality, kind: str, rules: dict[str, Any]) -> tuple[Run, Activity]:
    leader = db.session.scalars(select(User.id).order_by(User.id)).first()
    workshop = Workshop(
        municipality_id=town.id, title="Torget", purpose="Hva skal det bli?", place="Salen",
        lang="nb", starts_at=now() + timedelta(hours=1), leader_id=leader, announced_at=now(),
        minutes=10,
    )  # fmt: skip
    db.session.add(workshop)
    db.session.flush()
    step = Activity(
        municipality_id=town.id, workshop_id=workshop.id, position=1, kind=kind, minutes=60,
        title="Hva er viktigst?", rules=rules, begun_at=now(), ends_at=now() + LONG,
    )  # fmt: skip
    db.session.add(step)
    db.session.flush()
    run = Run(
        id=workshop.id, municipality_id=town.id, code=secrets.token_hex(3).upper(),
        screen_key=secrets.token_urlsafe(32), opened_by_id=leader, workshop=workshop,
        activity_id=step.id,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    return run, step


if __name__ == "__main__":
    main()
