"""Only what a ballot offers can be pressed on it: what is forged is refused, nothing is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.activities.test_contract import BALLOTS, first_mark
from tests.activities.voting import guests, stored, votes, voting
from tests.facilitation.holding import sees

TAKEN_BACK = ("ranking", "pairwise")  # whose page has a button for it


@pytest.mark.parametrize("key", BALLOTS)
def test_a_vote_is_taken_back_only_where_its_ballot_has_a_button_for_it(
    app: Flask, key: str
) -> None:
    _fatima, number = voting(app, key)
    (guest,) = guests(app, number, 1)
    mark = first_mark(guest, number)
    assert votes(guest, number, mark).status_code == 303
    (before,) = stored(app, number)[2]
    # Where it can be done, the page says so.
    assert ('=x"' in sees(guest, number)) is (key in TAKEN_BACK)
    item = before.item
    for forged in (f"{item}=x", f"{item}~x", f"{item}=", f"{item}=many", "question:9=x"):
        taken = votes(guest, number, forged)
        if key in TAKEN_BACK and forged == f"{item}=x":
            continue
        assert taken.status_code == 422, forged
        assert "Dette kan det ikke stemmes på." in taken.get_data(as_text=True)
    kept = [(vote.item, vote.value, vote.across) for vote in stored(app, number)[2]]
    assert kept == ([] if key in TAKEN_BACK else [(item, before.value, before.across)])
