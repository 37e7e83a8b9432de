"""What can be asked for: every route, with the forms that pages draw for it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, MapAdapter, Rule

from tests.conventions.sources import calls, modules
from tests.hostile.forms import Form, forms_of
from tests.hostile.requests import Request
from tests.hostile.world import World
from tests.leaks.crawling import links_of

# What shows nothing but files, figures or letters of this machine.
LEFT_OUT = {"static"}
FORMS_A_DOOR = 12  # of the same fields in different hands, the first are enough
PAGES_A_KIND = 20  # as many as there are kinds of activities
READERS = ("kari", "ingrid", "fatima", "hanne", "sunniva", "guest")
BUSY = ("guest", "fatima")  # who see a page of each
START = ("/", "/havnvik/", "/sign-in", "/me", "/join", "/towns/manage", "/havnvik/settings")
HELD = {"room": "facilitation.room", "console": "facilitation.console"}


@dataclass
class Door:
    """A route and a method, and what is known to be sent there."""

    endpoint: str
    method: str
    rule: str
    places: tuple[tuple[str, bool], ...]  # the rule's variables, and whether each is a number
    forms: list[tuple[str | None, Form]] = field(default_factory=list)

    def path(self, values: dict[str, str]) -> tuple[str, ...]:
        """Return the path's parts with values where the rule has variables."""
        parts = re.split(r"<(?:[^<>:]+:)?(\w+)>", self.rule)
        filled = [values[part] if at % 2 else part for at, part in enumerate(parts)]
        return tuple("".join(filled).split("/"))


def doors(world: World) -> list[Door]:
    """Return every route with its forms, as everybody finds them on the pages that they may see."""
    app = world.app
    found = {
        (rule.endpoint, method): Door(rule.endpoint, method, rule.rule, _places(rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint not in LEFT_OUT
    }
    places = app.url_map.bind("localhost")
    for role in READERS:
        for address, html in _pages(world, role, places):
            for form in forms_of(address, html):
                _keep(found, places, role, form)
    return list(found.values())


def names() -> list[str]:
    """Return the names that the views ask for, as their source says."""
    asked = {
        call.args[0].value
        for tree in modules().values()
        for verb, call in calls(tree)
        if verb in {"get", "getlist", "pop"} and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
        if _of_request(call)
    }
    return sorted(asked)


def _of_request(call: ast.Call) -> bool:
    owner = getattr(call.func, "value", None)
    return getattr(owner, "attr", "") in {"args", "form", "values"}


def _places(rule: Rule) -> tuple[tuple[str, bool], ...]:
    return tuple(
        (name, isinstance(rule._converters[name], IntegerConverter))
        for name in sorted(rule.arguments)
    )


def _pages(world: World, role: str | None, places: MapAdapter) -> Iterator[tuple[str, str]]:
    """Yield the pages that somebody gets to by links, of each kind the first few."""
    most = dict.fromkeys(HELD.values(), PAGES_A_KIND) if role in BUSY else {}
    waiting = [*START, *(f"/havnvik/workshops/{n}/{at}" for n in world.runs for at in HELD)]
    known, seen = set(waiting), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = _endpoint(places, path, "GET")
        seen[kind] += 1
        if not kind or seen[kind] > most.get(kind, 2):
            continue
        request = Request(role, "GET", kind, tuple(unquote(path).split("/")))
        answer = request.send(world.app, world.people[role])
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield path, answer.get_data(as_text=True)
        found = links_of(answer) - known
        known |= found
        waiting += sorted(found)


def _endpoint(places: MapAdapter, path: str, method: str) -> str:
    try:
        return str(places.match(path, method=method)[0])
    except HTTPException:
        return ""


def _keep(
    found: dict[tuple[str, str], Door], places: MapAdapter, role: str | None, form: Form
) -> None:
    path = urlsplit(form.action)
    door = found.get((_endpoint(places, path.path, form.method), form.method))
    if door is None:
        return
    for name, value in parse_qsl(path.query, keep_blank_values=True):
        form.offer(f"?{name}", value)
    same = [kept for _role, kept in door.forms if kept.fields.keys() == form.fields.keys()]
    if len(same) < 2 and len(door.forms) < FORMS_A_DOOR:
        door.forms.append((role, form))
