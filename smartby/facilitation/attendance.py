"""How many take part, in the room and from home, and by what: a phone, a shared one, or none."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, func, select

from ..extensions import db
from ..workshops.models import ONLINE
from .models import COUNTED, PAPER, PROXY, TEAM, Participant, Run

BY_WAY = (
    select(Participant.kind, Participant.at_home, func.coalesce(func.sum(Participant.heads), 0))
    .where(
        Participant.run_id == bindparam("run"),
        Participant.removed_at.is_(None),
        Participant.kind != PAPER,  # sheets of cards, and nobody
    )
    .group_by(Participant.kind, Participant.at_home)
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who takes part, each counted once: heads on devices, and those who are acted for."""

    alone: int  # with a phone of their own
    sharing: int
    without: int
    home: int  # of all of them
    is_online: bool = False

    @property
    def all(self) -> int:
        """How many take part."""
        return self.alone + self.sharing + self.without

    def in_words(self) -> str:
        """Say how many that is, and where: those who take part from home are in no room."""
        if self.is_online:
            return str(ngettext("%(num)d er med", "%(num)d er med", self.all))
        if self.home:
            return str(
                _(
                    "%(all)s er med: %(here)s i rommet og %(home)s hjemmefra",
                    all=self.all, here=self.all - self.home, home=self.home,
                )
            )  # fmt: skip
        return str(ngettext("%(num)d er med i rommet", "%(num)d er med i rommet", self.all))

    @property
    def parts(self) -> list[str]:
        """Say by what they take part, where not all have a phone of their own."""
        if not self.sharing and not self.without:
            return []
        told = [
            (self.alone, _("%(count)s på egen telefon", count=self.alone)),
            (self.sharing, _("%(count)s deler telefon", count=self.sharing)),
            (self.without, _("%(count)s uten telefon", count=self.without)),
        ]
        return [str(words) for count, words in told if count]


def attendance(run: Run) -> Attendance:
    """Count those who take part now."""
    rows = db.session.execute(BY_WAY, {"run": run.id}).all()
    by_kind: dict[str, int] = {}
    for kind, _at_home, heads in rows:
        by_kind[kind] = by_kind.get(kind, 0) + int(heads)
    without = by_kind.pop(PROXY, 0)
    sharing = by_kind.pop(TEAM, 0) + by_kind.pop(COUNTED, 0)
    home = sum(int(heads) for _kind, at_home, heads in rows if at_home)
    return Attendance(sum(by_kind.values()), sharing, without, home, run.workshop.meets == ONLINE)
