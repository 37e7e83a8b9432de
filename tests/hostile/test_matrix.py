"""Who gets in where: every route for every role, and none by being something in another town."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.rights import address, asked, gets_in, let_in, routes
from tests.hostile.roles import RIGHTS
from tests.hostile.world import World, full
from tests.installation import Installation

THERE_IS_NONE = "99999"
EVERYBODYS = {"principles.show"}  # its numbers are the same in every town


@pytest.fixture(scope="module")
def world(installation: Installation) -> Iterator[World]:
    with full(installation) as made:
        yield made


@pytest.mark.timeout(900)
def test_everybody_gets_in_where_they_should_and_nowhere_else(world: World) -> None:
    wanted = {route: letters for letters, named in RIGHTS.items() for route in named.split()}
    found = let_in(world)
    assert {route: said for route, said in found.items() if wanted.get(route) != said} == {}
    assert set(wanted) - set(found) == set()


@pytest.mark.timeout(900)
def test_being_something_in_another_town_is_being_nobody_here(world: World) -> None:
    """Staff of Fjordvang get in nowhere in Havnvik where a citizen does not."""
    odd = set()
    for rule, method in routes(world):
        if "town" in rule.arguments:
            path = address(rule)
            gro, jonas = (asked(world, rule, method, who, path) for who in ("gro", "jonas"))
            if gets_in(gro) and not gets_in(jonas):
                odd.add(f"{method} {path}")
    assert odd == set()


@pytest.mark.timeout(900)
def test_what_is_another_towns_is_answered_as_what_is_not_there(world: World) -> None:
    """A number of Havnvik's, asked for in Fjordvang by its administrator."""
    odd = {}
    for rule, method in routes(world):
        if {"town", "number"} <= rule.arguments and rule.endpoint not in EVERYBODYS:
            paths = address(rule, "fjordvang"), address(rule, "fjordvang", THERE_IS_NONE)
            said = [asked(world, rule, method, "gro", path).status_code for path in paths]
            if said[0] != said[1] or said[0] == 200:  # led on, when it is the same, says nothing
                odd[f"{method} {paths[0]}"] = said
    assert odd == {}
