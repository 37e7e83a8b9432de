"""One effect for each key: whatever a person or a phone may send twice happens once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import JSON, bindparam, inspect, select, text, update

from ..extensions import db
from .errors import Gone, KeyReused
from .models import Base, Idempotency
from .transaction import perform

P = ParamSpec("P")
R = TypeVar("R")

NOTHING = {"value": None}  # what most actions lead to: written with the claim, once for both
CLAIM = text(
    "INSERT INTO idempotency (actor, key, fingerprint, result, created_at)"
    " VALUES (:actor, :key, :fingerprint, :result, CURRENT_TIMESTAMP)"
    " ON CONFLICT (actor, key) DO NOTHING RETURNING key"
).bindparams(bindparam("result", type_=JSON))
TABLE = Idempotency.__table__
FIND = select(TABLE.c.fingerprint, TABLE.c.result).where(
    TABLE.c.actor == bindparam("actor"), TABLE.c.key == bindparam("key")
)
STORE = (
    update(Idempotency)
    .where(Idempotency.actor == bindparam("a"), Idempotency.key == bindparam("k"))
    .values(result=bindparam("r"))
    .execution_options(synchronize_session=False)
)


def once(key: str, actor: str, action: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Perform the action unless this actor's key already did; then return what it led to.

    Raises KeyReused when the key came with another request, Gone when its result was removed since.
    """
    if not key:
        return perform(action, *args, **kwargs)
    print_ = fingerprint(action, args, kwargs)
    return perform(_claim_and_run, key[:64], actor, print_, lambda: action(*args, **kwargs))


def _claim_and_run(key: str, actor: str, print_: str, run: Callable[[], R]) -> R:
    # The claim comes first: on PostgreSQL a rival with the same key waits here for our commit.
    session = db.session()
    claim = {"actor": actor, "key": key, "fingerprint": print_, "result": NOTHING}
    if session.execute(CLAIM, claim).first() is None:
        return cast(R, _earlier_result(key, actor, print_))
    result = run()
    if result is not None:
        session.flush()
        session.execute(STORE, {"a": actor, "k": key, "r": pack(result)})
    return result


def _earlier_result(key: str, actor: str, print_: str) -> Any:
    stored, result = db.session().execute(FIND, {"actor": actor, "key": key}).one()
    if stored != print_:
        raise KeyReused
    return unpack(result)


def pack(result: Any) -> Any:
    """Turn a result into JSON: a model becomes its class and id."""
    if isinstance(result, Base):
        return {"model": type(result).__name__, "id": list(inspect(result).identity or ())}
    return {"value": result}


def unpack(stored: Any) -> Any:
    """Turn stored JSON into the result again; raise Gone when the row is no more."""
    if stored is None:
        raise Gone
    if "value" in stored:
        return stored["value"]
    for mapper in Base.registry.mappers:
        if mapper.class_.__name__ == stored["model"]:
            found = db.session().get(mapper.class_, tuple(stored["id"]))
            if found is not None:
                return found
    raise Gone


def fingerprint(action: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Name a request by its action and arguments (no clock, no Flask)."""
    content = [action.__qualname__, [_plain(a) for a in args], _plain(kwargs)]
    text_ = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text_.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Base):
        return [type(value).__name__, *(inspect(value).identity or ())]
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in sorted(value.items())}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime) else value
