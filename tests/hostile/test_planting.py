"""What the hostile corpus is planted in: nothing that people type is left out."""

from __future__ import annotations

from math import gcd

import pytest
from flask import Flask

from smartby.core.transaction import transaction
from smartby.extensions import db
from tests.corpora.xss import XSS
from tests.hostile.planting import OURS, TYPED, sow, texts
from tests.people import Visitor


@pytest.mark.usefixtures("app")  # with every room's models
def test_every_column_with_text_is_known_to_be_typed_or_ours() -> None:
    known = [
        (table, name)
        for named in (TYPED, OURS)
        for table, names in named.items()
        for name in names.split()
    ]
    there = [(table.name, column.name) for table, column in texts()]
    assert sorted(known) == sorted(there)
    assert gcd(7, len(XSS)) == 1


def test_what_is_sown_is_all_that_was_typed(app: Flask) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea("Lys på gangveien", place="Lia")
    with app.app_context(), transaction():
        sow()
        db.session.expire_all()
    page = kari.gets(f"/havnvik/ideas/{idea}").get_data(as_text=True)
    assert "Lys på gangveien" not in page
    assert "alert(1)" in page
    assert "<script>alert" not in page
