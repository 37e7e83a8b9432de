"""The corpus of hostile markup, put straight into every column that people fill in.

What a form would have refused is planted all the same: what shows a text may not rely on the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import JSON, Column, String, Table, select, update

from smartby.core.markdown import render
from smartby.core.transaction import transaction
from smartby.database import Base
from smartby.extensions import db
from smartby.facilitation.models import Card, CardGroup
from tests.corpora.xss import XSS
from tests.facilitation.holding import does, joins
from tests.hostile.world import fill
from tests.ideas.test_editing import edits
from tests.outcomes.harvesting import harvests, keys
from tests.people import Visitor
from tests.pipeline.board import at

# What people type, by table.
TYPED = {
    "activity": "title rules",
    "answer": "signer_title body",
    "card": "body reason",
    "card_group": "title",
    "challenge": "question",
    "comment": "body",
    "contribution": "title excerpt place withdrawn_reason hidden_reason",
    "contribution_text": "body",
    "contribution_version": "title body",
    "draft": "fields",
    "helper_invitation": "email",
    "held_text": "fields",
    "invitation": "email title",
    "ledger_entry": "actor_label text title",
    "member": "title",
    "municipality": (
        "name phone email welcome_nb welcome_nn welcome_en accessibility_statement_url"
    ),
    "outcome": "title quotes",
    "participant": "name",
    "round": "items",
    "run": "undo",
    "stage": "name_nb name_nn name_en",
    "unit": "name_nb name_nn name_en",
    "user_account": "name blocked_reason",
    "user_session": "device",
    "workshop": "title purpose place cancel_reason video",
}
# What smartby itself writes there, or chooses from what it knows; and addresses one signs in with.
OURS = {
    "activity": "kind method",
    "answer": "body_html lang",
    "ballot": "voter way",
    "card": "author way column_key state taken_by",
    "card_vote": "voter",
    "comment": "stance body_html lang",
    "contribution": "kind code lang source principle_ids goal_ids",
    "contribution_text": "html stems title_stems",
    "draft": "key kind",
    "facet_count": "kind facet",
    "held_text": "token_hash path",
    "idempotency": "actor key fingerprint result",
    "invitation": "role token_hash",
    "ledger_entry": "type subject from_value to_value entry hash salt",
    "ledger_head": "hash",
    "ledger_person": "key",
    "mail": "to subject body language",
    "mailed_link": "purpose token_hash email",
    "member": "role",
    "move": "role",
    "municipality": "number slug code kind written_language primary_colour deep_colour",
    "outbox": "stream type payload",
    "outcome": "item ways",
    "participant": "kind secret_hash return_hash",
    "principle": "key",
    "progress": "kept",
    "round": "kind",
    "run": "code screen_key secret",
    "search_word": "stem",
    "stage": "key kind colour",
    "stream": "name",
    "unit": "key",
    "user_account": "email password_hash language",
    "user_session": "token_hash",
    "vote": "voter item",
    "workshop": "lang anonymity joining meets languages principle_ids",
    "workshop_lead": "role",
    "workshop_letter": "name",
}
MADE = {"body": ("body_html", "html")}  # columns with the HTML that is made of another
TITLE = 120  # characters where a text lies in JSON
# An address that was accepted once, and tries to leave the attribute it stands in.
ADDRESSES = {"accessibility_statement_url", "video"}
ADDRESS = 'https://a.example/"onmouseover="alert(1)"><img src=x onerror=alert(1)>'


def plant(app: Flask) -> None:
    """Let something of every kind be there, and nothing that was typed be harmless."""
    runs = fill(app)
    _grow(app, runs)
    with app.app_context(), transaction():
        sow()


def texts() -> Iterator[tuple[Table, Column[Any]]]:
    """Yield every column that holds text, or something made of texts."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | JSON):
                yield table, column


def sow() -> None:
    """Overwrite what was typed, inside a transaction."""
    pick = _picker()
    for table in Base.metadata.sorted_tables:
        columns = [table.c[name] for name in TYPED.get(table.name, "").split()]
        if columns:
            _sow(table, columns, pick)


def _sow(table: Table, columns: list[Column[Any]], pick: Callable[[int | None], str]) -> None:
    key = list(table.primary_key.columns)
    for row in db.session.execute(select(*key, *columns)).mappings().all():
        values = {column.name: _hostile(column, row[column], pick) for column in columns}
        for name in MADE.keys() & values:
            made = [other for other in MADE[name] if other in table.c]
            values |= dict.fromkeys(made, str(render(values[name])))
        here = [each == row[each] for each in key]
        db.session.execute(update(table).where(*here).values(values))


def _hostile(column: Column[Any], value: Any, pick: Callable[[int | None], str]) -> Any:
    if column.name in ADDRESSES:
        return ADDRESS
    if isinstance(column.type, JSON):
        return _within(value, pick)
    length = getattr(column.type, "length", None)
    return pick(length)


def _within(value: Any, pick: Callable[[int | None], str]) -> Any:
    """Replace what people typed in something made of texts; keys and moments keep it whole."""
    if isinstance(value, dict):
        kept = {"at", "before"}
        return {name: each if name in kept else _within(each, pick) for name, each in value.items()}
    if isinstance(value, list):
        return [_within(each, pick) for each in value]
    ours = not isinstance(value, str) or value.startswith(("option:", "question:", "card:"))
    return value if ours else pick(TITLE)


def _picker() -> Callable[[int | None], str]:
    """Return what gives hostile text of at most so many characters, each time beginning anew."""
    turn = count()

    def pick(length: int | None) -> str:
        start = next(turn) * 7 % len(XSS)  # 7 and their number have no divisor in common
        turned = XSS[start:] + XSS[:start]
        if length is None:
            return "\n\n".join(turned)
        said = ""
        for payload in turned:
            longer = f"{said} {payload}".lstrip(" ")
            said = longer if len(longer) <= length else said
        return said

    return pick


def _grow(app: Flask, runs: list[int]) -> None:
    """Add what the other tests' world has none of."""
    kari, ingrid, fatima = (Visitor(app, key) for key in ("kari", "ingrid", "fatima"))
    edited = edits(kari, 1)
    at(ingrid, 1, "exploring")
    answered = ingrid.posts(
        "/havnvik/contributions/1/answers", unit="1", lang="nb", body="Vi setter opp lys i høst."
    )
    done = min(runs) - 1  # the workshop that is over
    reaped = harvests(fatima, done, *keys(fatima, done)[:1])
    assert [each.status_code for each in (edited, answered, reaped)] == [303, 303, 303]
    kari.has_idea("Nok en idé")
    for number in runs:
        guest = joins(app, number, name="Bo")
        does(guest, number, "write", body="Flere benker i sola")  # where cards are written
        does(guest, number, "hand", on="yes")
    with app.app_context(), transaction():
        _group()


def _group() -> None:
    """Put the cards of each run into a group."""
    for run, town in db.session.execute(select(Card.run_id, Card.municipality_id).distinct()).all():
        group = CardGroup(run_id=run, municipality_id=town, title="Torget")
        db.session.add(group)
        db.session.flush()
        db.session.execute(update(Card).where(Card.run_id == run).values(group_id=group.id))
