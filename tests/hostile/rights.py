"""Who gets in where: each route asked by everybody, in their own town and from another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from tests.hostile.requests import TOKEN, Request
from tests.hostile.world import World

# A letter for each who asks in Havnvik, in the order in which they are told.
WHO: dict[str, str | None] = {
    "a": None, "g": "guest", "c": "jonas", "w": "kari", "m": "ingrid", "f": "fatima",
    "h": "hanne", "o": "sunniva",
}  # fmt: skip
# The number of what a room's routes are about, where it is not 1: a workshop that is announced, one
# that is closed, and one that is held.
NUMBERS = {
    "workshops": "2", "outcomes": "4", "facilitation": "5", "ballots": "5", "challenges": "3",
}  # fmt: skip
VOTE = {"ballots.sheet": ("9", "15")}  # a workshop with dots, and which of its steps they are
WORDS = {"form": "csv", "which": "written", "stream": "town:1"}
OUT = (401, 403, 404)


def asked(world: World, rule: Rule, method: str, role: str | None, path: str) -> Response:
    """Ask for an address in somebody's name, with no more than a token."""
    fields = (("csrf_token", TOKEN),) if method == "POST" else ()
    request = Request(role, method, rule.endpoint, tuple(path.split("/")), fields=fields)
    answer = request.send(world.app, world.people[role])
    if method == "POST":
        world.restore()
    return answer


def gets_in(answer: Response) -> bool:
    """Tell whether an answer is one for those who may: also that something in it is missing."""
    return answer.status_code not in OUT and "/sign-in?" not in (answer.location or "")


def routes(world: World) -> Iterator[tuple[Rule, str]]:
    """Yield every route with each of its methods."""
    for rule in world.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if rule.endpoint != "static":
                yield rule, method


def address(rule: Rule, town: str = "havnvik", number: str = "") -> str:
    """Return where something stands that a route is about; or what has a number that none has."""
    known = (NUMBERS.get(rule.endpoint.partition(".")[0], "1"), "1")
    held, step = VOTE.get(rule.endpoint, known)
    path = rule.rule.replace("<town>", town).replace("<int:number>", number or held)
    path = re.sub(r"<int:\w+>", step, path)
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda f: WORDS.get(f[1], "x"), path)


def let_in(world: World) -> dict[str, str]:
    """Return the letters of those who get in somewhere, by endpoint and method."""
    found = {}
    for rule, method in routes(world):
        letters = [
            letter
            for letter, role in WHO.items()
            if gets_in(asked(world, rule, method, role, address(rule)))
        ]
        found[f"{method}:{rule.endpoint}"] = "".join(letters)
    return found
