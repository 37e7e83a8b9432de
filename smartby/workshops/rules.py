"""The settings of a step: a kind's own form, and what it makes of a step's rules.

A kind says `rules_form = …`, a form class whose fields' data can be stored as JSON. Its fields are
drawn on the step's page; a field named like one in a method's rules gets the method's value.
"""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from .kinds import Kind

PREFIX = "rules-"
NOT_RULES = ("key", "csrf_token")  # what every form here has


def rules_form(kind: Kind, *, rules: dict[str, Any] | None = None, sent: Any = None) -> Any:
    """Open a kind's form on what is stored or was sent; None when nothing can be set."""
    if kind.rules_form is None:
        return None
    form = kind.rules_form(sent, data=rules or {}, prefix=PREFIX, meta={"csrf": False})
    for name in NOT_RULES:
        if name in form:
            del form[name]
    return form


def rules_of(form: Any) -> dict[str, Any]:
    """Return what a form, or none, makes of a step's rules."""
    return {} if form is None else dict(form.data)


def usual_rules(kind: Kind, wanted: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a kind's rules before anybody has set them; what it does not know is left out."""
    usual = rules_of(rules_form(kind))
    return usual | {name: value for name, value in (wanted or {}).items() if name in usual}


def is_finished(kind: Kind, rules: dict[str, Any]) -> bool:
    """Tell whether a step's rules are such as its kind's form would take."""
    stored = rules_form(kind, rules=rules)
    if stored is None:
        return True
    typed: MultiDict[str, str] = MultiDict()
    for field in stored:
        for value in field.data if isinstance(field.data, list) else [field.data]:
            if value is not None and value is not False:
                typed.add(field.name, str(value))
    return bool(rules_form(kind, sent=typed).validate())
