"""What participants do in an activity: judged under the run's lock, sent twice but done once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ..core.clock import now
from ..core.errors import Conflict, Invalid
from ..core.transaction import lock
from .clockwork import takes_entries
from .models import Participant, Run
from .participants import be_ready, raise_hand, require_in
from .play import play_of


@dataclass(frozen=True, slots=True)
class Deed:
    """What a participant wants to do, with the activity they saw."""

    name: str
    activity: str
    fields: Mapping[str, str]


def act(run: Run, participant: Participant, deed: Deed) -> Any:
    """Do what a participant wants; raise Conflict when the activity is not on any more."""
    if deed.name == "hand":
        return raise_hand(run, participant, wanted=deed.fields.get("wanted") == "yes")
    if deed.name == "ready":
        return be_ready(run, participant, wanted=deed.fields.get("wanted") == "yes")
    lock(run)
    require_in(run, participant)
    activity = run.activity
    if activity is None or str(activity.id) != deed.activity:
        raise Conflict(_("Aktiviteten er over, så dette ble ikke sendt. Teksten din er her ennå."))
    if not takes_entries(activity, now()):
        raise Conflict(_("Aktiviteten er låst, så dette ble ikke sendt. Teksten din er her ennå."))
    doing = play_of(activity).acts.get(deed.name)
    if doing is None:
        raise Invalid
    return doing(run, activity, participant, deed.fields)
