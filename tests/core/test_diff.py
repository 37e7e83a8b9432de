"""Comparing texts: both versions can be read back, and changes are where people see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartby.core.diff import Row, Span, side_by_side, word_diff
from tests.corpora.hostile_text import ODD

texts = st.text(st.sampled_from("ab .\n\næ"), max_size=60)


def reads(spans: list[Span], leaving_out: str) -> str:
    return "".join(span.text for span in spans if span.kind != leaving_out)


def spans(*pairs: tuple[str, str]) -> list[Span]:
    kinds = {"=": "same", "+": "added", "-": "removed"}
    return [Span(kinds[sign], text) for sign, text in pairs]  # type: ignore[arg-type]


@given(texts, texts)
def test_both_versions_can_be_read_from_the_spans(old: str, new: str) -> None:
    found = word_diff(old, new)
    assert reads(found, "added") == old
    assert reads(found, "removed") == new
    assert all(span.text for span in found)


@given(texts, texts)
def test_neighbours_differ_in_kind(old: str, new: str) -> None:
    kinds = [span.kind for span in word_diff(old, new)]
    assert all(one != other for one, other in zip(kinds, kinds[1:], strict=False))


@given(texts)
def test_the_same_text_has_no_change(text: str) -> None:
    assert {span.kind for span in word_diff(text, text)} <= {"same"}
    assert all(row.left == row.right for row in side_by_side(text, text))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("", "ny", spans(("+", "ny"))),
        ("bort", "", spans(("-", "bort"))),
        (
            "Vi vil ha gangfelt her.",
            "Vi vil ha to gangfelt der.",
            spans(
                ("=", "Vi vil ha "),
                ("+", "to "),
                ("=", "gangfelt "),
                ("-", "her"),
                ("+", "der"),
                ("=", "."),
            ),
        ),
        ("en to tre", "fire fem tre", spans(("-", "en to"), ("+", "fire fem"), ("=", " tre"))),
        ("skolevei", "skoleveien", spans(("-", "skolevei"), ("+", "skoleveien"))),
    ],
)
def test_word_diff(old: str, new: str, expected: list[Span]) -> None:
    assert word_diff(old, new) == expected


@given(texts, texts)
def test_rows_hold_every_paragraph(old: str, new: str) -> None:
    rows = side_by_side(old, new)
    for side, whole in (("left", old), ("right", new)):
        text = "".join(span.text for row in rows for span in getattr(row, side))
        assert text.split() == whole.split() or "".join(text.split()) == "".join(whole.split())


def test_a_rewritten_paragraph_stands_beside_its_old_form() -> None:
    old = "Første avsnitt.\n\nDet trengs lys ved skolen.\n\nSlutt."
    new = "Første avsnitt.\n\nEt nytt.\n\nDet trengs mer lys ved skolen.\n\nSlutt."
    assert side_by_side(old, new) == [
        Row(spans(("=", "Første avsnitt.")), spans(("=", "Første avsnitt."))),
        Row([], spans(("+", "Et nytt."))),
        Row(
            spans(("=", "Det trengs "), ("=", "lys ved skolen.")),
            spans(("=", "Det trengs "), ("+", "mer "), ("=", "lys ved skolen.")),
        ),
        Row(spans(("=", "Slutt.")), spans(("=", "Slutt."))),
    ]


def test_paragraphs_without_likeness_are_not_paired() -> None:
    rows = side_by_side("Benker i parken.", "Ny buss 42!")
    assert [(bool(row.left), bool(row.right)) for row in rows] == [(True, False), (False, True)]


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_compared(name: str) -> None:
    found = word_diff(ODD[name], ODD[name][::-1][:200_000])
    assert reads(found, "added") == ODD[name]
    side_by_side(ODD[name][:20_000], "a\n\nb")
