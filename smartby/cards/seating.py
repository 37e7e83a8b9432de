"""Seating: who gets a place at which table, who is host there, and how the rounds move on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from flask_babel import gettext as _

from ..core.clock import now
from ..core.errors import Invalid
from ..extensions import db
from ..facilitation.models import MOST_PEOPLE, PAPER, PROXY, SIMULATED, Participant, Run
from ..facilitation.presence import those_here
from ..facilitation.progress import progress_for, progress_of, remember
from ..facilitation.queries import people
from ..workshops.models import Activity
from .tables import PEOPLE, at_table, hosts_of, rounds_of, seated, size_of, topics_of, way_of


def seat_all(run: Run, activity: Activity) -> None:
    """Spread all who are there over the tables, so that those who came together sit apart."""
    everybody = people(run, MOST_PEOPLE)
    there = _there(those_here(run), everybody)
    for one in everybody:
        one.table = None
    wanted = -(-sum(one.heads for one in there) // size_of(activity))
    # A topic that nobody sits with is not talked about.
    count = max(1, min(max(wanted, len(topics_of(activity))), len(there)))
    _spread(there, dict.fromkeys(range(1, count + 1), 0))
    choose_hosts(run, activity)


def seat_late(
    run: Run, activity: Activity, asking: Participant | None = None
) -> Sequence[Participant]:
    """Find a place for those who are there and have none, where the fewest sit; return them.

    Whoever is asking is there, also on a page without a socket.
    """
    taken = {table: heads_of(sit) for table, sit in seated(run).items()} or {1: 0}
    without = [one for one in people(run, MOST_PEOPLE) if one.table is None]
    there = {one.id for one in _there(those_here(run), without)}
    late = [one for one in without if one.id in there or one is asking]
    _spread(late, taken)
    choose_hosts(run, activity)
    return late


def go_round(run: Run, activity: Activity) -> None:
    """Begin the next round: what goes round has moved, and the round has its own time."""
    progress, rounds = progress_for(activity), rounds_of(activity)
    if progress.turn >= rounds:
        raise Invalid(_("Dette var den siste runden."))
    progress.turn += 1
    seat_late(run, activity)
    if progress.turn > 1 and way_of(activity) == PEOPLE:
        _move_people(run, activity)
    activity.ends_at = now() + timedelta(minutes=activity.minutes) / rounds
    activity.paused_at = activity.locked_at = None


def choose_hosts(run: Run, activity: Activity) -> None:
    """Give each table a host: whoever was stays so, and nobody is chosen who is not there."""
    db.session.flush()
    known, here, hosts = hosts_of(activity), those_here(run), {}
    for table, sit in seated(run).items():
        ids = [one.id for one in sit]
        host = known.get(table)
        hosts[str(table)] = host if host in ids else (_there(here, sit) or sit)[0].id
    remember(activity, hosts=hosts)


def replace_host(run: Run, activity: Activity, table: int) -> None:
    """Let the next at a table be its host, of those who are there; raise Invalid without any."""
    sit, hosts = at_table(run, table), hosts_of(activity)
    ids = [one.id for one in sit]
    place = ids.index(hosts[table]) if hosts.get(table) in ids else -1
    others = [*sit[place + 1 :], *sit[: max(place, 0)]]
    if not others:
        raise Invalid(_("Det sitter ingen andre ved bordet."))
    hosts[table] = (_there(those_here(run), others) or others)[0].id
    remember(activity, hosts={str(number): who for number, who in hosts.items()})


def has_tables(activity: Activity | None) -> bool:
    """Tell whether places have been given in an activity."""
    return activity is not None and "hosts" in progress_of(activity).kept


def heads_of(sit: Iterable[Participant]) -> int:
    """Count the people at a table: several may share a device."""
    return sum(one.heads for one in sit)


def _there(here: frozenset[int], these: Sequence[Participant]) -> list[Participant]:
    """Return those of them who are there; all where that is not known, and never a sheet."""
    phoneless = (PROXY, SIMULATED)
    return [
        one
        for one in these
        if one.kind != PAPER and (not here or one.id in here or one.kind in phoneless)
    ]


def _spread(these: Iterable[Participant], taken: dict[int, int]) -> None:
    # Each goes where the fewest sit; `taken` says how many that is, by table.
    for one in these:
        one.table = min(taken, key=lambda table: (taken[table], table))
        taken[one.table] += one.heads


def _move_people(run: Run, activity: Activity) -> None:
    """Hosts stay; the others scatter, so that nobody goes on with the same table."""
    tables, hosts = seated(run), hosts_of(activity)
    names = list(tables)
    for place, table in enumerate(names):
        guests = [one for one in tables[table] if one.id != hosts.get(table)]
        for turn, one in enumerate(guests):
            step = 1 + turn % (len(names) - 1) if len(names) > 1 else 0
            one.table = names[(place + step) % len(names)]
