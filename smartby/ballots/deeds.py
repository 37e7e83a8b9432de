"""What participants and those who drive do in a round, as it comes from a page or a socket."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from ..core.errors import Invalid
from ..facilitation.models import Participant, Run
from ..facilitation.play import Fields, play_of
from ..facilitation.streams import tell_moved, tell_own_of
from ..workshops.models import Activity
from . import actions
from .counting import Counting
from .items import unveil
from .models import Ballot, Round
from .queries import rounds_of
from .sheets import begin_anew
from .telling import tell_voted
from .unphoned import require_not_on_paper

ONE = "[a-z]{1,20}:[0-9]{1,9}"
# "card:12=3": the item and the value; "~" for the second value, "x" to take back what was said
# (only where the ballot has a button for it).
MARK = re.compile(rf"({ONE}(?:\|{ONE})?)([=~])(-?[0-9]{{1,3}}|x)", re.ASCII)
BLANK = {"blank=1": True, "blank=0": False}


def mark(run: Run, activity: Activity, participant: Participant, fields: Fields) -> None:
    """Say something of an item, take it back, or hand in a blank."""
    round_, wish = (
        actions.the_open(activity),
        fields.get("card", ""),
    )  # so the page's buttons call it
    require_not_on_paper(run, round_, participant)
    ballot = actions.ballot_for(round_, run, participant)
    if wish in BLANK:
        actions.abstain(round_, ballot, wanted=BLANK[wish])
    else:
        _say(_kind(activity), round_, ballot, wish)
        ballot.abstained = False
    round_.rev += 1
    tell_own_of(run, ballot.voter, activity)
    tell_voted(run, activity, round_)


def close(run: Run, activity: Activity, _fields: Fields) -> None:
    """Take no more votes."""
    actions.close_round(_last(activity))
    begin_anew(activity)
    tell_moved(run, again=True)


def reopen(run: Run, activity: Activity, _fields: Fields) -> None:
    """Take votes again."""
    actions.reopen_round(_last(activity))
    tell_moved(run, again=True)


def reveal(run: Run, activity: Activity, _fields: Fields) -> None:
    """Show everybody the result."""
    actions.reveal_round(_last(activity))
    begin_anew(activity)
    tell_moved(run, again=True)


def again(run: Run, activity: Activity, _fields: Fields) -> None:
    """Open the first round when there was nothing to vote on before, or another one."""
    kind = _kind(activity)
    unveil(activity)
    if actions.open_round(activity, kind.terms(activity), kind.items(activity)) is None:
        raise Invalid(_("Det er ikke noe å stemme over ennå."))
    begin_anew(activity)
    tell_moved(run, again=True)


def _say(kind: Counting, round_: Round, ballot: Ballot, wish: str) -> None:
    found = MARK.fullmatch(wish)
    if found is None:
        raise Invalid(_("Dette kan det ikke stemmes på."))
    item, way, said = found.groups()
    value = None if said == "x" else int(said)
    fits = kind.takes_back if value is None else round_.least <= value <= round_.most
    if not fits or not kind.knows(round_, ballot, item) or (way == "~" and not kind.twofold):
        raise Invalid(_("Dette kan det ikke stemmes på."))
    if way == "~" and value is not None:
        actions.put_across(ballot, item, value)
    else:
        kind.put(round_, ballot, item, value)


def _last(activity: Activity) -> Round:
    rounds = rounds_of(activity)
    if not rounds:
        raise Invalid(_("Det er ikke noe å stemme over ennå."))
    return rounds[-1]


def _kind(activity: Activity) -> Counting:
    found = play_of(activity)
    if not isinstance(found, Counting):
        raise Invalid
    return found
