"""Making ideas and challenges of what a workshop has made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask_babel import force_locale
from flask_babel import gettext as _

from ..accounts.models import User
from ..challenges.actions import Call, publish_challenge
from ..contributions.actions import Content
from ..contributions.models import Contribution
from ..core.access import require
from ..core.clock import now
from ..core.errors import Invalid
from ..core.transaction import announce, lock
from ..extensions import db
from ..facilitation.models import Run
from ..ideas.actions import publish_idea
from ..municipalities.models import Municipality
from .facts import Harvested
from .models import Contributor, Outcome
from .queries import Crop, became, crops_of, quoted, willing

IDEA, CHALLENGE = "idea", "challenge"


@dataclass(frozen=True, slots=True)
class Pick:
    """An item that is to be published, and as what."""

    key: str  # Crop.key
    content: Content
    question: str = ""


@dataclass(frozen=True, slots=True)
class Basket:
    """Everything that is published in one action; a challenge may be a unit's."""

    kind: str
    picks: tuple[Pick, ...]
    unit_id: int | None = None


def harvest(run: Run, basket: Basket, *, by: User) -> int:
    """Publish the picked items in the name of whoever leads; return how many became something.

    An item that has become something already is left as it is.
    """
    lock(run)
    require("outcomes.harvest", run, by)
    if run.rehearsal:
        raise Invalid(_("Dette er en prøve. Herfra blir ingenting publisert."))
    with force_locale(run.workshop.lang):  # what groups are called is kept, and told to others
        crops, done = crops_of(run), {row.item for row in became(run.id)}
    fresh = [pick for pick in basket.picks if pick.key not in done]
    if any(pick.key not in crops for pick in fresh):
        raise Invalid(_("Noe av det du valgte, finnes ikke lenger. Gå tilbake og velg på nytt."))
    made = tuple(_publish(run, basket, pick, crops[pick.key], by) for pick in fresh)
    if made:
        announce(Harvested(run, made, by))
    return len(fresh)


def leave(contribution: Contribution, *, by: User) -> None:
    """Take one's own name off a contribution that one had a part in."""
    found = db.session.get(Contributor, (contribution.id, by.id))
    if found is not None:
        db.session.delete(found)


def _publish(run: Run, basket: Basket, pick: Pick, crop: Crop, by: User) -> Outcome:
    town = db.session.get_one(Municipality, run.municipality_id)
    content = replace(pick.content, source=f"workshop:{run.id}")
    made: Contribution
    if basket.kind == CHALLENGE:
        call = Call(question=pick.question, unit_id=basket.unit_id)
        made = publish_challenge(town, content, call, by=by)
    else:
        fed = run.workshop.challenge
        answered = fed if fed is not None and fed.is_open(now()) else None
        made = publish_idea(town, content, challenge=answered, by=by)
    outcome = Outcome(
        municipality_id=town.id, run_id=run.id, activity_id=crop.activity.id, item=crop.key,
        title=crop.item.title, contribution=made, votes=crop.item.votes, made_by_id=by.id,
        quotes=quoted(crop), ways=list(crop.item.ways),
    )  # fmt: skip
    db.session.add(outcome)
    for user_id in sorted(set(willing(run, crop.item.authors)) - {by.id}):
        db.session.add(Contributor(contribution_id=made.id, user_id=user_id, letter_owed=True))
    db.session.flush()
    return outcome
