"""Cleaning: invisible things go, meaning stays, the unusable is refused."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartby.core.text import clean, clean_multiline, slugify
from tests.corpora.hostile_text import ODD, REFUSED

HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
tricky = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
        st.sampled_from("\u200d\u200c👩💻❤\ufe0f🏽می\u0301a\n\r \t\u202e\u2028"),
    )
)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("cleaner", [clean, clean_multiline])
def test_the_unusable_is_refused(name: str, cleaner: object) -> None:
    assert callable(cleaner)
    with pytest.raises(ValueError, match="text contains"):
        cleaner(REFUSED[name])


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_cleaned(name: str) -> None:
    one, many = clean(ODD[name]), clean_multiline(ODD[name])
    assert not HIDDEN.search(one + many)
    assert "\n" not in one
    assert "\r" not in many


@given(tricky)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_multiline(clean_multiline(text)) == clean_multiline(text)


@given(tricky)
def test_what_is_stored_is_normal_and_visible(text: str) -> None:
    for result in (clean(text), clean_multiline(text)):
        assert unicodedata.is_normalized("NFC", result)
        assert not HIDDEN.search(result)


@given(st.text(st.sampled_from("abcæøåÆØÅ 0-9.,!?éáčđ"), max_size=40))
def test_ordinary_text_keeps_its_letters(text: str) -> None:
    assert clean(text) == " ".join(text.split())


@given(tricky)
def test_a_slug_is_an_address(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slugify(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Trygg \t skolevei\n nå ", "Trygg skolevei nå"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("A\u030as", "Ås"),
        ("pass\u200bord", "passord"),
        ("a\u200db", "ab"),
        ("👩\u200d💻 🏳\ufe0f\u200d🌈 👩🏽\u200d🔬", "👩\u200d💻 🏳\ufe0f\u200d🌈 👩🏽\u200d🔬"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\x07b", "ab"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\n\na\n\n\n\n\nb\n\n", "a\n\nb"),
        ("a  \n \n \n  b", "a\n\n  b"),
        ("- a\n  - b", "- a\n  - b"),
        (" \n", ""),
    ],
)
def test_clean_multiline(text: str, expected: str) -> None:
    assert clean_multiline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tryggere skolevei på Ås!", "tryggere-skolevei-pa-as"),
        ("Ærlig øl & kaffé", "aerlig-ol-kaffe"),
        ("Kárášjohka – Karasjok", "karasjohka-karasjok"),
        ("Gáivuotna đŋŧ", "gaivuotna-dnt"),
        ("!!!", ""),
        ("你好", ""),
    ],
)
def test_slugify(text: str, expected: str) -> None:
    assert slugify(text) == expected


def test_a_long_slug_does_not_end_in_a_hyphen() -> None:
    assert slugify("abc def ghi", 8) == "abc-def"
