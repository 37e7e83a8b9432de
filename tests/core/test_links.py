"""Links: a person is only ever sent on to a path of this site."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartby.core.links import safe_next
from tests.corpora.redirects import ELSEWHERE, HERE


@pytest.mark.parametrize("target", [*ELSEWHERE, None])
def test_elsewhere_is_refused(target: str | None) -> None:
    assert safe_next(target) is None


@pytest.mark.parametrize("target", HERE)
def test_a_path_here_is_kept(target: str) -> None:
    assert safe_next(target) == target


@given(st.text(st.sampled_from("/\\%2f5c09:@.?#aå \t\n\uff0f"), max_size=12))
def test_what_is_kept_names_no_host(text: str) -> None:
    kept = safe_next("/" + text)
    if kept is not None:
        assert not urlsplit(kept).netloc
        assert not kept.startswith(("//", "/\\"))


def test_the_corpus_is_large_enough() -> None:
    assert len(set(ELSEWHERE)) >= 30
