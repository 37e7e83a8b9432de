"""The soak's own parts, and a short soak."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from random import Random

import pytest

from tests.drills import soak
from tests.drills.faults import FAULTS, drawn
from tests.drills.invariants import Invariants
from tests.drills.memory import HOUR, drift

WELL = Invariants(
    acked_lost=0, double_votes=0, counter_wrong=0, seq_gaps=0, over_budget=0, canary_leaks=0,
    converged_s=0.5, audit="ok", http_5xx_after_recovery=0,
)  # fmt: skip


@pytest.mark.parametrize("db", ["sqlite", "pg"])
def test_a_seed_says_which_faults_come_and_each_comes_once_a_round(db: str) -> None:
    here = [fault for fault in FAULTS if db in fault.on]
    once = list(islice(drawn(db, Random(7)), 2 * len(here)))
    assert once == list(islice(drawn(db, Random(7)), 2 * len(here)))
    assert {fault.name for fault in once[: len(here)]} == {fault.name for fault in here}
    assert once != list(islice(drawn(db, Random(8)), 2 * len(here)))


def test_the_worst_of_all_stocks_is_told() -> None:
    slow, lossy = replace(WELL, converged_s=4.0), replace(WELL, acked_lost=2, audit="broken: x")
    assert soak.worst([WELL, slow]).hold
    assert soak.worst([WELL, lossy, slow]) == replace(lossy, converged_s=4.0)
    assert not soak.worst([WELL, lossy, slow]).hold


def test_growth_is_told_apart_from_warming_up_and_from_a_bad_moment() -> None:
    warming = [(float(at), 90.0 + at) for at in range(0, 60, 5)]
    steady = [(float(at), 150.0 + at * 36 / HOUR) for at in range(60, 600, 5)]
    bad = [(at, mb + 80 * (at == 300)) for at, mb in steady]
    assert drift([warming + bad]) == pytest.approx(36, abs=0.1)
    assert drift([warming + [(at, 150.0) for at, _mb in steady]]) == 0
    assert drift([warming]) is None


@pytest.mark.long_drill
@pytest.mark.timeout(600)
def test_two_faults_are_survived(capsys: pytest.CaptureFixture[str]) -> None:
    assert soak.main(["--db", "sqlite", "--faults", "2", "--seed", "3"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "soak on sqlite, seed 3"
    assert "faults=2 seed=3 acked_lost=0 double_votes=0" in told[-2]
    assert "drift_mb_per_hour=" in told[-1]
