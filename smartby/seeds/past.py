"""A long invented past: batches of ideas, the ledger of their moves, codes and search words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import islice
from random import Random

from sqlalchemy import text

from ..contributions import facets, vocabulary
from ..contributions.trending import trending
from ..core.clock import end_of_day_oslo, oslo
from ..core.transaction import transaction
from ..extensions import db
from ..ledger.record import Decision
from .chain import Chain
from .invented import Inventor
from .places import Place
from .plan import Planned
from .tables import Tables

BATCH = 1_000
REASON = "Vi har vurdert dette opp mot planer og budsjett, og sett på hvor mange det gjelder."
CODE = text(
    "INSERT INTO code_counter (municipality_id, year, last) VALUES (:town, :year, :last)"
    " ON CONFLICT (municipality_id, year) DO UPDATE SET last = excluded.last"
)


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """A move whose time has not come; `share` of the idea's totals were there by then."""

    at: datetime
    number: int
    source: str = field(compare=False)
    target: str = field(compare=False)
    title: str = field(compare=False)
    totals: dict[str, int | str] = field(compare=False)


class Past:
    """Writes planned ideas in the order of their publication."""

    def __init__(
        self, places: dict[str, Place], people: list[int], inventor: Inventor, dice: Random
    ) -> None:
        self.places, self.people, self.dice = places, people, dice
        self.tables = Tables(people, inventor, dice)
        self.chains = {slug: Chain(place.town) for slug, place in places.items()}
        self.waiting: dict[str, list[Waiting]] = defaultdict(list)
        self.codes: Counter[tuple[int, int]] = Counter()
        self.words: dict[int, Counter[str]] = defaultdict(Counter)
        self.facets: dict[int, Counter[facets.Facet]] = defaultdict(Counter)

    def write(self, ideas: Iterable[Planned], tell: Callable[[int], None]) -> None:
        """Write all of them in batches, each a transaction that leaves everything consistent."""
        source, done = iter(ideas), 0
        while batch := list(islice(source, BATCH)):
            with transaction():
                for planned in batch:
                    self._publish(planned)
                self._flush()
            done += len(batch)
            tell(done)
        with transaction():
            for slug in self.places:
                self._catch_up(slug, None)
            self._flush()
            for town, stems in self.words.items():
                vocabulary.add(town, stems)
                facets.add(town, "idea", self.facets[town])

    def _publish(self, planned: Planned) -> None:
        slug = planned.what.row["town"]
        place, number = self.places[slug], self.tables.numbers.take()
        self._catch_up(slug, planned.at)
        code, author = self._code(place, planned.at), self.dice.choice(self.people)
        supports = self.tables.add_supports(number, planned)
        stances = self.tables.add_comments(number, place.town, planned)
        stage = place.stages[planned.moves[-1][1] if planned.moves else place.first]
        since = planned.moves[-1][0] if planned.moves else planned.at
        self.tables.add_idea(
            number,
            planned,
            municipality_id=place.town,
            code=code,
            author_id=author,
            stage_id=stage.id,
            stage_since=since,
            due_at=_due(since, stage.target_days),
            support_count=supports,
            comment_count=stances.total(),
            for_count=stances["for"],
            against_count=stances["against"],
            question_count=stances["question"],
            trending=trending(supports, stances.total(), planned.at),
        )
        self._count(place.town, stage.id, planned)
        title = planned.what.title
        decision = Decision("idea.published", f"contribution:{number}", title=title, to_value=code)
        self.chains[slug].enter(planned.at, decision, author)
        self._await(slug, number, planned, (supports, stances.total()))

    def _count(self, town: int, stage: int, planned: Planned) -> None:
        row = planned.what.row
        self.words[town].update(planned.what.body.stems.split())
        self.facets[town].update([(facets.ALL, 0), (facets.STAGE, stage)])
        self.facets[town].update((facets.PRINCIPLE, n) for n in set(row["principles"]))
        self.facets[town].update((facets.GOAL, n) for n in set(row.get("goals") or ()))

    def _await(self, slug: str, number: int, planned: Planned, totals: tuple[int, int]) -> None:
        source = self.places[slug].first
        for place, (moment, target) in enumerate(planned.moves, 1):
            share = place / len(planned.moves)
            then: dict[str, int | str] = {
                "support": int(totals[0] * share),
                "comments": int(totals[1] * share),
            }
            move = Waiting(moment, number, source, target, planned.what.title, then)
            heappush(self.waiting[slug], move)
            source = target

    def _catch_up(self, slug: str, until: datetime | None) -> None:
        """Enter the moves that came before this moment (all of them when None)."""
        waiting = self.waiting[slug]
        while waiting and (until is None or waiting[0].at <= until):
            move = heappop(waiting)
            place = self.places[slug]
            decision = Decision(
                "stage.moved",
                f"contribution:{move.number}",
                title=move.title,
                from_value=move.source,
                to_value=move.target,
                text=REASON if move.target in ("parked", "not_pursued") else "",
                label=place.office,
                details=move.totals
                | place.names("from", move.source)
                | place.names("to", move.target),
            )
            self.chains[slug].enter(move.at, decision, place.official)

    def _code(self, place: Place, moment: datetime) -> str:
        year = oslo(moment).year
        self.codes[place.town, year] += 1
        return f"{place.code}-{year}-{self.codes[place.town, year]:04d}"

    def _flush(self) -> None:
        self.tables.flush()
        for chain in self.chains.values():
            chain.flush()
        rows = [{"town": t, "year": y, "last": last} for (t, y), last in self.codes.items()]
        db.session.execute(CODE, rows)


def _due(since: datetime, days: int | None) -> datetime | None:
    return end_of_day_oslo(oslo(since).date() + timedelta(days=days)) if days else None
