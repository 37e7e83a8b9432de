"""Trending: more going on counts, newer counts, and the sum can be explained."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartby.contributions.trending import explain, trending

WHEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
counts = st.integers(0, 1_000_000)


def test_ten_times_the_points_are_worth_ten_days() -> None:
    assert trending(100, 0, WHEN) == pytest.approx(trending(10, 0, WHEN + timedelta(days=10)))


def test_a_comment_counts_as_two_supports() -> None:
    assert trending(0, 5, WHEN) == trending(10, 0, WHEN)


@given(counts, counts)
def test_more_is_never_less(supports: int, comments: int) -> None:
    score = trending(supports, comments, WHEN)
    assert trending(supports + 1, comments, WHEN) >= score
    assert trending(supports, comments + 1, WHEN) >= score
    assert trending(supports, comments, WHEN + timedelta(minutes=1)) > score


@given(counts, counts)
def test_the_parts_add_up(supports: int, comments: int) -> None:
    parts = explain(supports, comments, WHEN)
    assert parts.score == trending(supports, comments, WHEN)
    assert parts.points == supports + 2 * comments
    assert (parts.supports, parts.comments) == (supports, comments)
    assert parts.tenfold_days == 10


def test_nothing_yet_is_no_error() -> None:
    assert explain(0, 0, WHEN).activity == 0
    assert trending(0, 0, datetime(2019, 8, 1, tzinfo=UTC)) < 0
