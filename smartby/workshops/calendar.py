"""Workshops as iCalendar (RFC 5545), for the calendar on somebody's phone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ..core.clock import now
from ..core.fragments import absolute
from ..municipalities.models import Municipality

if TYPE_CHECKING:
    from icalendar import Event

SHORTEST = 30  # minutes that are set aside while a programme is still empty


def calendar_of(town: Municipality, workshops: Iterable[Any], name: str) -> bytes:
    """Write a town's workshops as one calendar."""
    from icalendar import Calendar, vText  # some MB, which few processes need

    calendar = Calendar()
    calendar.add("prodid", "-//smartby//workshops//NO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # What the standard does not know is written as it is unless it is said to be text.
    calendar.add("x-wr-calname", vText(name))
    for workshop in workshops:
        calendar.add_component(_event(town, workshop))
    return bytes(calendar.to_ical())


def _event(town: Municipality, workshop: Any) -> Event:
    from icalendar import Event

    address = absolute("workshops.show", town=town.slug, number=workshop.id)
    event = Event()
    event.add("uid", f"workshop-{workshop.id}-{town.number}@smartby")
    event.add("dtstamp", now())
    event.add("dtstart", workshop.starts_at)
    event.add("dtend", workshop.starts_at + timedelta(minutes=max(workshop.minutes, SHORTEST)))
    event.add("summary", workshop.title)
    event.add("location", workshop.place)
    event.add("description", f"{workshop.purpose}\n\n{address}")
    event.add("url", address)
    event.add("status", "CANCELLED" if workshop.cancelled_at else "CONFIRMED")
    return event
