"""Twenty requests to every route: forms as pages draw them, with something turned hostile.

Whatever is sent, the answer is no 5xx, nothing is logged as broken, a refusal has words and has
written nothing, reading writes nothing, nobody is led away, and `flask check` finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import text

from smartby.core.transaction import transaction
from smartby.extensions import db
from tests.hostile.fuzz import Known, dealt, known_in, send
from tests.hostile.inputs import draw
from tests.hostile.making import Maker
from tests.hostile.requests import TOKEN, File, Request
from tests.hostile.trial import problems
from tests.hostile.world import World, full
from tests.installation import Installation

# On PostgreSQL, where going back takes longer, fewer: it is there for its own types.
EACH = {"sqlite": 20, "postgresql": 4}
TURNS = 8
PICTURE = File("bilde.png", "image/png", b"\x89PNG\r\n\x1a\n")


@pytest.fixture(scope="module")
def world(installation: Installation) -> Iterator[World]:
    with full(installation) as made:
        yield made


@pytest.fixture(scope="module")
def known(world: World) -> Known:
    return known_in(world)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("turn", range(TURNS))
def test_nothing_that_is_sent_breaks_anything(
    world: World, known: Known, database: str, turn: int
) -> None:
    assert list(send(world, known, turn, EACH[database], TURNS).values()) == []


def test_every_door_has_its_round(known: Known) -> None:
    names = [door.endpoint for turn in range(TURNS) for door in dealt(known, turn, TURNS)]
    assert sorted(names) == sorted(door.endpoint for door in known.doors)


def test_forms_are_found_for_most_of_what_can_be_sent(known: Known) -> None:
    sent_to = [door for door in known.doors if door.method == "POST"]
    without = {door.endpoint for door in sent_to if not door.forms}
    assert len(sent_to) - len(without) > 60, without


def test_the_same_seed_makes_the_same_requests(known: Known) -> None:
    made = [
        Maker(dice, draw(7, 20), known.names, known.said).request(known.doors[7])
        for dice in (Random(7), Random(7))  # noqa: S311 - to be repeated
    ]
    assert made[0] == made[1]


def test_a_request_meets_nothing_that_another_has_written(world: World) -> None:
    fields = (("title", "Lys i undergangen"), ("body", "Det er mørkt der."), ("lang", "nb"))
    sent = (("csrf_token", TOKEN), *fields, ("principles", "1"), ("key", "k" * 32))
    written, _heard = world.unheard()
    path = ("", "havnvik", "ideas")
    idea = Request("kari", "POST", "ideas.create", path, fields=sent)
    reading = Request("kari", "GET", "ideas.index", path)
    assert idea.send(world.app, world.people["kari"]).status_code == 303
    assert "contribution" in written
    assert "Lys i undergangen" in _seen(world, reading)
    world.restore()
    assert "Lys i undergangen" not in _seen(world, reading)


def _seen(world: World, request: Request) -> str:
    return request.send(world.app, world.people[request.role]).get_data(as_text=True)


def test_a_check_follows_every_write_to_what_it_looks_at(world: World) -> None:
    with world.app.app_context(), transaction():
        db.session.execute(text("UPDATE contribution SET support_count = 99 WHERE id = 1"))
    tables = {"contribution", "support", "comment", "useful", "ballot", "vote", "outbox", "stream"}
    assert tables <= world.checked
    assert world.wrong({"contribution"})
    assert not world.wrong({"session"})
    world.restore()
    assert world.wrong({"contribution"}) == []


@pytest.mark.parametrize("name", ["title", "body", "key", "lang", "principles", "csrf_token"])
def test_a_file_where_words_were_asked_for_is_told(world: World, name: str) -> None:
    fields = {"title": "Lys på gangveien", "body": "Det er mørkt på gangveien.", "lang": "nb"}
    pairs = [("csrf_token", TOKEN), *fields.items(), ("principles", "1"), ("key", "k" * 32)]
    sent = tuple((field, value) for field, value in pairs if field != name)
    path = ("", "havnvik", "ideas")
    request = Request("kari", "POST", "ideas.create", path, fields=(*sent, (name, PICTURE)))
    assert problems(world, request) == []


def test_every_text_that_is_shown_again_has_a_label(world: World) -> None:
    """A plan that is sent with an old token comes back with all its fields named."""
    fields = (("csrf_token", "gammelt"), ("title", "Verksted"), ("purpose", "Alle er velkomne."))
    path = ("", "havnvik", "workshops", "1")
    request = Request("fatima", "POST", "workshops.update", path, fields=fields)
    assert problems(world, request) == []


@pytest.mark.parametrize("path", ["/finnes/ikke/her", "/havnvik/ideas/99999", "/live/town:99"])
def test_a_script_is_told_in_words_what_is_wrong(world: World, path: str) -> None:
    headers = (("Accept", "application/json"),)
    request = Request(None, "GET", "", tuple(path.split("/")), headers=headers)
    assert problems(world, request) == []
