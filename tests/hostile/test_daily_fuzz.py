"""A hundred thousand requests to fifty routes, others each day: in four days to every route.

They are made as in test_fuzz.py, on SQLite, and are the same each fourth day: a test that was green
stays so until something changes. New ones are what `make fuzz` is for. A failure says how to send
the same again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.hostile.fuzz import DAYS, EACH_OF_A_DAY, SHARES, Known, again, known_in, of_day, send
from tests.hostile.world import World, full
from tests.installation import Installation

DAY = int(os.environ["FUZZ_DAY"])  # as tests/conftest.py has it, for all workers of a run


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    installation = Installation("", tmp_path_factory.mktemp("fuzz"))
    with full(installation) as made:
        yield made
    installation.close()


@pytest.fixture(scope="module")
def known(world: World) -> Known:
    return known_in(world)


# Each a group of its own, so that workers who are done with theirs share them.
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, marks=pytest.mark.xdist_group(f"fuzz {number}"), id=f"SEED={number}")
        for number in of_day(DAY)
    ],
)
def test_nothing_that_is_sent_today_breaks_anything(
    world: World, known: Known, number: int
) -> None:
    found = list(send(world, known, number, EACH_OF_A_DAY).values())
    assert found == [], f"make fuzz {again(number, EACH_OF_A_DAY)}"


def test_four_days_come_to_every_door() -> None:
    rounds = [number for day in range(DAY, DAY + DAYS) for number in of_day(day)]
    assert sorted(rounds) == list(range(SHARES))
