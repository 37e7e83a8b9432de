"""Every text for people stands in every language."""

from __future__ import annotations

from tools import translations


def test_catalogues_are_complete_and_hold_nothing_else() -> None:
    assert translations.problems() == []
