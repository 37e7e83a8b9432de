"""The settings of a step: a kind's own form, and what it makes of a step's rules.

A kind says `rules_form = …`, a form class. Its fields are drawn on the step's page, and their data
are the rules, stored as JSON; a form that stores something else has a property `rules`. A form with
`offer(steps)` is told which steps come before its own. A field named like one in a method's rules
gets the method's value; a field `source` holds the number of the step whose results it works on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import StringField

from .kinds import Kind
from .models import Activity

PREFIX = "rules-"
SOURCE = "source"
NOT_RULES = ("key", "csrf_token")  # what every form here has
Rules = dict[str, Any]
Before = Sequence[Activity]


def rules_form(
    kind: Kind, *, rules: Rules | None = None, sent: Any = None, before: Before = ()
) -> Any:
    """Open a kind's form on what is stored or was sent; None when nothing can be set."""
    if kind.rules_form is None:
        return None
    form = kind.rules_form(sent, data=rules or {}, prefix=PREFIX, meta={"csrf": False})
    for name in set(NOT_RULES) & set(form.data):
        del form[name]
    if hasattr(form, "offer"):
        form.offer(before)
    for field in form:
        _show_lines(field)
    return form


def rules_of(form: Any) -> Rules:
    """Return what a form, or none, makes of a step's rules."""
    if form is None:
        return {}
    made = getattr(form, "rules", None)
    return dict(made if isinstance(made, dict) else form.data)


def usual_rules(kind: Kind, wanted: Rules | None = None) -> Rules:
    """Return a kind's rules before anybody has set them; what it does not know is left out."""
    form = rules_form(kind)
    known = {name: value for name, value in (wanted or {}).items() if form and name in form}
    return rules_of(form) | known


def takes_source(kind: Kind) -> bool:
    """Tell whether a kind can work on the results of another step."""
    form = rules_form(kind)
    return form is not None and SOURCE in form


def is_finished(kind: Kind, rules: Rules, before: Before = ()) -> bool:
    """Tell whether a step's rules are such as its kind's form would take."""
    stored = rules_form(kind, rules=rules, before=before)
    if stored is None:
        return True
    source = rules.get(SOURCE)
    # Some forms keep the number as it was sent.
    if source and str(source) not in {str(step.id) for step in before}:
        return False
    return bool(rules_form(kind, sent=_typed(stored), before=before).validate())


def _show_lines(field: Any) -> None:
    """Show what is stored as a list in a field of text as lines."""
    if isinstance(field, StringField) and isinstance(field.data, list):
        field.data = "\n".join(map(str, field.data))


def _typed(stored: Any) -> MultiDict[str, str]:
    """Return a form's data as somebody would have sent them."""
    typed: MultiDict[str, str] = MultiDict()
    for field in stored:
        for value in field.data if isinstance(field.data, list) else [field.data]:
            if value is not None and value is not False:
                typed.add(field.name, str(value))
    # A form that nobody has filled in is read as one that was not sent at all.
    typed.add("sent", "yes")
    return typed
