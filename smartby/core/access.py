"""Who may: rules as rows, asked the same way by routes, actions, sockets and templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from sqlalchemy import select

from ..extensions import db
from .errors import NotFound, Refusal, Refused, SignInNeeded
from .models import Base

P = ParamSpec("P")
R = TypeVar("R")
Person = Any  # a User of the accounts room, or Anonymous: the core knows neither
Test = Callable[[Person, Any], bool]


class Rule:
    """A predicate about a person and an object that can be combined with & | ~."""

    def __init__(self, test: Test, name: str = "") -> None:
        self.test = test
        self.name = name or test.__name__

    def __and__(self, other: Rule) -> Rule:
        return Rule(lambda p, o: self.test(p, o) and other.test(p, o), f"{self} & {other}")

    def __or__(self, other: Rule) -> Rule:
        return Rule(lambda p, o: self.test(p, o) or other.test(p, o), f"({self} | {other})")

    def __invert__(self) -> Rule:
        return Rule(lambda p, o: not self.test(p, o), f"~{self}")

    def __str__(self) -> str:
        return self.name


class Anonymous(AnonymousUserMixin):
    """Whoever is not signed in."""

    id = None
    is_blocked = False
    is_operator = False
    language = None

    def roles_in(self, municipality_id: int) -> frozenset[str]:
        """Nobody has no roles anywhere."""
        return frozenset()


_rules: dict[str, Rule] = {}
_finders: dict[type[Base], Callable[[int, Person], Base | None]] = {}


@Rule
def anyone(person: Person, obj: Any) -> bool:
    """Everybody, also those who are not signed in."""
    return True


@Rule
def signed_in(person: Person, obj: Any) -> bool:
    """Anyone who is signed in."""
    return bool(person.is_authenticated)


@Rule
def blocked(person: Person, obj: Any) -> bool:
    """Whoever has been shut out of taking part."""
    return bool(person.is_blocked)


def rule(name: str, test: Rule) -> Rule:
    """Declare who may do what; a name is declared once."""
    if name in _rules and _rules[name] is not test:
        raise ValueError(f"the rule {name} is declared twice")
    _rules[name] = test
    return test


def rules() -> dict[str, Rule]:
    """Return all declared rules by name."""
    return dict(_rules)


def can(name: str, obj: Any = None, by: Person = None) -> bool:
    """Tell whether this person (by default the one asking) may do this to that."""
    return _rules[name].test(me() if by is None else by, obj)


def require(name: str, obj: Any, by: Person) -> None:
    """Raise SignInNeeded or Refused unless this person may do this to that; use it after lock()."""
    if _rules[name].test(by, obj):
        return
    if not by.is_authenticated:
        raise SignInNeeded(_("Logg inn for å gjøre dette."))
    raise Refused(_("Dette kan du ikke gjøre her nå."))


def finder(model: type[Base]) -> Callable[[Any], Any]:
    """Register how a room finds its object by number for a person; None is the same 404 always."""

    def register(find: Callable[[int, Person], Base | None]) -> Any:
        _finders[model] = find
        return find

    return register


def find(model: type[Base], number: int, person: Person) -> Base:
    """Load an object inside this town and visible to this person, or raise NotFound."""
    found = None
    if 0 < number < 2**31:
        found = _finders.get(model, _find_in_town(model))(number, person)
    if found is None:
        raise missing()
    return found


def missing() -> Refusal:
    """Return what is said of what is not there, or not for this person.

    Whoever was signed in here, and is so no longer, is asked to sign in, whatever they asked for:
    it may be theirs, and the answer tells nobody whether it is there.
    """
    if g.get("signed_out"):
        return SignInNeeded(_("Logg inn for å gjøre dette."))
    return NotFound(_("Vi finner ikke det du leter etter."))


def _find_in_town(model: type[Base]) -> Callable[[int, Person], Base | None]:
    def find_in_town(number: int, person: Person) -> Base | None:
        query = select(model).where(model.id == number)  # type: ignore[attr-defined]
        query = query.where(model.municipality_id == g.municipality.id)  # type: ignore[attr-defined]
        found: Base | None = db.session.scalars(query).one_or_none()
        return found

    return find_in_town


def allows(
    name: str, model: type[Base] | None = None
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Guard a view: `number` → object of this town or 404; rule or 401/403; passes the object in.

    Without a model the rule is asked about the municipality itself (None on national pages).
    """

    def guard(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> R:
            person = me()
            if model is None:
                require(name, g.get("municipality"), person)
                return view(*args, **kwargs)
            found = find(model, kwargs.pop("number"), person)
            require(name, found, person)
            return view(found, *args, **kwargs)

        guarded.access = name  # type: ignore[attr-defined]
        return guarded

    return guard


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as open to everybody."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def is_another(drawn_for: Any) -> bool:
    """Tell whether the one a page was drawn for (their number) is not who asks now.

    They were signed out, or others use the browser: a page of nobody's has nobody to lose.
    """
    person = me()
    number = str(person.id) if person.is_authenticated else ""
    return bool(drawn_for) and drawn_for != number


def me() -> Person:
    """Return the person behind Flask-Login's proxy (it would end up in relationships)."""
    return current_user._get_current_object()


def actor() -> str:
    """Name the person for idempotency keys: "user:7", or "anonymous"."""
    person = me()
    return f"user:{person.id}" if person.is_authenticated else "anonymous"
