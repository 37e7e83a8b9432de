"""`python -m bench.subjects`, inside an installation: what is measured, and people to do it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text

from smartby import create_app
from smartby.accounts.passwords import hash_password
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.seeds.world import PASSPHRASE

PEOPLE, IDEAS, COMMENTS = 240, 40, 50  # so many that nobody meets the limits of one person
TOWN = (
    "SELECT m.id, m.slug FROM contribution c JOIN municipality m ON m.id = c.municipality_id"
    " WHERE c.kind = 'idea' GROUP BY m.id, m.slug ORDER BY count(*) DESC LIMIT 1"
)
DISCUSSED = (
    "SELECT id FROM contribution WHERE municipality_id = :town AND kind = 'idea'"
    " AND hidden_at IS NULL ORDER BY abs(comment_count - :enough), id DESC LIMIT 1"
)
OPEN = (
    "SELECT c.id FROM contribution c JOIN stage s ON s.id = c.stage_id"
    " WHERE c.municipality_id = :town AND c.kind = 'idea' AND s.allows_support AND s.allows_comment"
    " AND c.withdrawn_at IS NULL AND c.hidden_at IS NULL ORDER BY c.id DESC LIMIT :count"
)
CITIZENS = (
    "SELECT u.id, u.email FROM user_account u LEFT JOIN member m ON m.user_id = u.id"
    " WHERE m.id IS NULL AND u.blocked_at IS NULL ORDER BY u.id LIMIT :count"
)
ADMIT = "UPDATE user_account SET password_hash = :hash WHERE id = :id"


def main() -> None:
    app = create_app({"ASYNC": "threading"})
    with app.app_context():
        print(json.dumps(choose()))


def choose() -> dict[str, Any]:
    """Choose the largest town, ideas in it, and citizens who can now sign in."""

    def rows(query: str, **values: Any) -> list[Any]:
        return list(db.session.execute(text(query), values))

    town, slug = rows(TOWN)[0]
    discussed = rows(DISCUSSED, town=town, enough=COMMENTS)
    people = rows(CITIZENS, count=PEOPLE)
    hashed = hash_password(PASSPHRASE)
    with transaction():
        db.session.execute(text(ADMIT), [{"id": row.id, "hash": hashed} for row in people])
    return {
        "town": slug,
        "discussed": discussed[0].id,
        "open": [row.id for row in rows(OPEN, town=town, count=IDEAS)],
        "people": [row.email for row in people],
        "ideas": rows("SELECT count(*) AS n FROM contribution WHERE kind = 'idea'")[0].n,
        "supports": rows("SELECT count(*) AS n FROM support")[0].n,
        "comments": rows("SELECT count(*) AS n FROM comment")[0].n,
    }


if __name__ == "__main__":
    main()
