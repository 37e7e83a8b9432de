"""The people, the towns and the sentences that tests are told with."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from smartby.accounts.models import User
from smartby.accounts.passwords import hash_password
from smartby.core.clock import now
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.municipalities.actions import give_role, open_town
from smartby.municipalities.models import Municipality, Unit

ORIGIN = "http://localhost"
PASSWORD = "en lang setning om fjorden"
TOWNS = (
    ("9901", "Havnvik", "havnvik", "HVN", "nb"),
    ("9902", "Fjordvang", "fjordvang", "FJV", "nn"),
)
PEOPLE = {
    # key: name, roles by town
    "kari": ("Kari Solheim", {}),
    "jonas": ("Jonas Berg", {}),
    "sunniva": ("Sunniva Dahl", {}),
    "ingrid": ("Ingrid Moe", {"havnvik": "moderator"}),
    "amir": ("Amir Hosseini", {"havnvik": "moderator"}),
    "hanne": ("Hanne Lunde", {"havnvik": "administrator"}),
    "fatima": ("Fatima Ali", {"havnvik": "facilitator"}),
    "olav": ("Olav Tveit", {"fjordvang": "moderator"}),
    "gro": ("Gro Fjelde", {"fjordvang": "administrator"}),
}


def plant() -> None:
    """Plant the towns and people that every test starts with."""
    hashed = hash_password(PASSWORD)
    with transaction():
        towns = {row[2]: _town(*row) for row in TOWNS}
        for key, (name, roles) in PEOPLE.items():
            user = User(
                name=name,
                email=f"{key}@example.no",
                password_hash=hashed,
                email_confirmed_at=now(),
                language=None,
            )
            db.session.add(user)
            db.session.flush()
            for slug, role in roles.items():
                unit = db.session.scalars(
                    select(Unit).where(Unit.municipality_id == towns[slug].id).order_by(Unit.id)
                ).first()
                give_role(
                    towns[slug], user, role, title="rådgiver", unit_id=unit.id if unit else None
                )


def _town(number: str, name: str, slug: str, code: str, language: str) -> Municipality:
    town = open_town(
        number, slug=slug, code=code, name=name, kind="municipality", written_language=language
    )
    db.session.add(
        Unit(
            municipality_id=town.id,
            key="vei",
            name_nb="Vei og trafikk",
            name_nn="Veg og trafikk",
            name_en="Roads and traffic",
        )
    )
    db.session.flush()
    return town


class Visitor:
    """A person with a browser: a client that keeps cookies and sends forms as a page would."""

    def __init__(self, app: Flask, key: str | None = None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.key = key
        self._known: tuple[str, str] = ("", "")
        if key:
            self.signs_in(key)

    def signs_in(self, key: str, password: str = PASSWORD) -> TestResponse:
        """Sign in as one of the people."""
        return self.posts("/sign-in", email=f"{key}@example.no", password=password)

    def gets(self, path: str, **options: Any) -> TestResponse:
        """Read a page."""
        return self.client.get(path, **options)

    def posts(
        self, path: str, *, headers: dict[str, str] | None = None, **fields: Any
    ) -> TestResponse:
        """Send a form, with the token that this visitor's pages carry."""
        fields.setdefault("csrf_token", self.token())
        sent = {"Origin": ORIGIN, **(headers or {})}
        return self.client.post(path, data=fields, headers=sent)

    def token(self) -> str:
        """Return the CSRF token of this visitor's session.

        It is read from the sign-in page, once as long as the session keeps the same secret for it.
        """
        if not self._secret() or self._known[0] != self._secret():
            page = self.client.get("/sign-in").get_data(as_text=True)
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
            self._known = (self._secret(), found[1] if found else "")
        return self._known[1]

    def _secret(self) -> str:
        cookie = self.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        reader = SecureCookieSessionInterface().get_signing_serializer(self.app)
        if cookie is None or reader is None:
            return ""
        return str(reader.loads(cookie.value).get("csrf_token", ""))

    def has_idea(self, title: str = "Lys på gangveien bak skolen", **fields: Any) -> int:
        """Publish an idea in Havnvik; return its number."""
        values = {
            "title": title,
            "body": "Det er mørkt på gangveien bak skolen, og mange går der om morgenen.",
            "principles": ["1"],
            "lang": "nb",
            **fields,
        }
        town = values.pop("town", "havnvik")
        answer = self.posts(f"/{town}/ideas", **values)
        assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
        return int(answer.location.rsplit("/", 1)[-1])


def user_id(app: Flask, key: str) -> int:
    """Return a person's id."""
    with app.app_context():
        found = db.session.scalar(select(User.id).where(User.email == f"{key}@example.no"))
    assert found is not None
    return found
