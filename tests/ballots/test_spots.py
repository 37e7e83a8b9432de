"""Where items lie in the picture of impact and effort: nobody hides anybody."""

from __future__ import annotations

from itertools import combinations
from random import Random

from smartby.ballots.papers import Line
from smartby.ballots.spots import BOTTOM, LEFT, RADIUS, STEP, spots


def line(place: int, impact: float, effort: float) -> Line:
    figures = {"impact": impact, "effort": effort}
    return Line(f"option:{place}", impact - effort, 5, figures=figures, place=place)


def test_those_that_lie_apart_have_a_spot_each() -> None:
    found = spots([line(1, 5, 1), line(2, 3, 3)])
    assert [(spot.label, spot.x, spot.y) for spot in found] == [("1", 28, 8), ("2", 120, 100)]


def test_those_that_would_hide_each_other_share_one() -> None:
    found = spots([line(1, 5, 1), line(2, 3, 3), line(3, 3, 3.1), line(3, 3.1, 3.1)])
    assert [spot.label for spot in found] == ["1", "2, 3, 4"]


def test_equals_that_lie_apart_have_a_number_each_in_the_order_of_the_list() -> None:
    found = spots([line(1, 5, 1), line(2, 2, 1), line(2, 5, 4), line(4, 1, 5)])
    assert [spot.label for spot in found] == ["1", "2", "3", "4"]


def test_very_many_at_one_place_are_counted() -> None:
    (found,) = spots([line(1, 3, 3) for _place in range(40)])
    assert found.label == "1, 2, 3, 4, 5, 6 +34"


def test_none_is_hidden_or_outside_wherever_they_lie() -> None:
    lot = Random(4)
    for many in range(1, 30):
        lines = [line(n, lot.uniform(1, 5), lot.uniform(1, 5)) for n in range(1, many + 1)]
        found = spots(lines)
        assert sum(len(spot.numbers) for spot in found) == many
        assert not any(one.touches(other) for one, other in combinations(found, 2))
        for spot in found:
            left, right = spot.x - spot.half, spot.x + spot.half
            assert LEFT <= left < right <= LEFT + 4 * STEP
            assert RADIUS <= spot.y <= BOTTOM - RADIUS
