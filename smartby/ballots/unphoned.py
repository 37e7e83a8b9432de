"""People without a phone who are counted in the room: each votes once, on paper or by a helper."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import bindparam, or_, select

from ..core.errors import Invalid
from ..extensions import db
from ..facilitation.identity import mark_of
from ..facilitation.models import PROXY, Participant, Run
from ..facilitation.proxies import proxies
from .models import Round
from .queries import SAME, B, V, listed_on_paper

VOTED_FOR = select(B.c.voter).where(
    B.c.round_id == bindparam("round"),
    B.c.way == PROXY,
    or_(B.c.abstained, select(V.c.voter).where(SAME).exists()),
)


def idle(run: Run, round_: Round) -> Sequence[Participant]:
    """Return those without a phone who could vote and whom nobody has voted for in a round."""
    listed = [
        person for person in proxies(run)
        if round_.closed_at is None or person.joined_at <= round_.closed_at
    ]  # fmt: skip
    if not listed:
        return []
    voted = set(db.session.scalars(VOTED_FOR, {"round": round_.id}))
    return [person for person in listed if mark_of(run, person) not in voted]


def not_on_paper(run: Run, round_: Round) -> int:
    """Count those of them whose ballot is not among the sheets that were brought in either."""
    return max(0, len(idle(run, round_)) - listed_on_paper(round_))


def require_not_on_paper(run: Run, round_: Round, participant: Participant) -> None:
    """Raise Invalid when one votes for somebody, and the sheets are all of those who are left."""
    if participant.kind != PROXY or not listed_on_paper(round_):
        return
    if participant in idle(run, round_) and not not_on_paper(run, round_):
        raise Invalid(
            _(
                "Alle som er ført opp uten telefon, er talt: på papir, eller fordi noen har stemt "
                "for dem her. Er det feil, ta sedlene ut og legg dem inn på nytt."
            )
        )
