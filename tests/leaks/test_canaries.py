"""Nothing private is in anything that others can ask for: page, feed, export, search or stream."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.facilitation.holding import joins
from tests.leaks.canaries import ADDRESSES, GONE, SECRETS, sing
from tests.leaks.crawling import everything
from tests.people import Visitor

# Who looks, and whose addresses they may know: their own, and their colleagues' for whoever
# looks after the roles of a town.
LOOKERS = {
    None: (),
    "sunniva": ("sunniva",),  # a citizen
    "gro": ("gro", "olav"),  # the administrator of another town
}


@pytest.mark.parametrize("who", LOOKERS, ids=str)
def test_no_secret_is_told_to_others(app: Flask, who: str | None) -> None:
    sing(app)
    own = {f"{key}@example.no" for key in LOOKERS[who]}
    assert leaks(app, Visitor(app, who), own) == {}


def test_no_secret_is_told_to_a_guest_of_the_workshop(app: Flask) -> None:
    sing(app)
    assert leaks(app, joins(app, 3), set()) == {}


def test_the_canaries_sing_where_they_may(app: Flask) -> None:
    """Whoever may read them does find them: else the tests above would prove nothing."""
    sing(app)
    heard = set(leaks(app, Visitor(app, "hanne"), set()))
    assert heard.issuperset({*SECRETS, "hanne@example.no"} - {"kanarikladd"})
    assert heard.isdisjoint({"kari@example.no", "jonas@example.no", "gro@example.no"})
    assert "kanarikladd" in Visitor(app, "kari").gets("/me").get_data(as_text=True)


def leaks(app: Flask, visitor: Visitor, own: set[str]) -> dict[str, list[str]]:
    """Return where this visitor reads what they may not, by secret."""
    found: dict[str, list[str]] = {}
    watched = [secret for secret in (*SECRETS, *GONE, *ADDRESSES) if secret not in own]
    for path, said in everything(app, visitor):
        for secret in watched:
            # A search says what was searched for.
            if secret.encode() in said.replace(path.encode(), b""):
                found.setdefault(secret, []).append(path)
    return found
