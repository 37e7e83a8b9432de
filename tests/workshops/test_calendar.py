"""The name of a calendar: text like any other in it, whatever stands there."""

from __future__ import annotations

from flask import Flask
from icalendar import Calendar

from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.municipalities.models import Municipality
from tests.people import Visitor
from tests.workshops.planning import announced, stored

TITLE = r"Torget, kaia; og \nesten alt"


def test_a_name_with_the_signs_of_the_format_is_read_as_it_was_written(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), title=TITLE)
    said = Visitor(app).gets(f"/havnvik/workshops/{number}.ics").get_data(as_text=True)
    assert r"X-WR-CALNAME:Torget\, kaia\; og \\nesten alt" in said
    assert stored(app, number).title == TITLE


def test_a_name_of_two_lines_makes_no_line_of_its_own(app: Flask) -> None:
    announced(Visitor(app, "fatima"))
    with app.app_context(), transaction():
        town = db.session.query(Municipality).filter_by(slug="havnvik").one()
        town.name = "Havn\r\nURL:https://evil.example\nvik"  # as an imported file might have it
    answer = Visitor(app).gets("/havnvik/workshops.ics")
    assert answer.status_code == 200
    assert b"\nURL:https://evil" not in answer.data
    assert len(Calendar.from_ical(answer.data).walk("VEVENT")) == 1
