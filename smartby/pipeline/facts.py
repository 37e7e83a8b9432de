"""What happens in the pipeline, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from ..accounts.models import User
from ..contributions.models import Contribution
from ..municipalities.models import Municipality
from .models import Answer, Stage


@dataclass(frozen=True)
class StageMoved:
    """A contribution was moved to another stage."""

    contribution: Contribution
    source: Stage | None
    target: Stage
    reason: str
    by: User


@dataclass(frozen=True)
class Answered:
    """The town gave an official answer."""

    contribution: Contribution
    answer: Answer
    by: User


@dataclass(frozen=True)
class OwnerGiven:
    """Somebody of the staff looks after a contribution from now on, or nobody does."""

    contribution: Contribution
    by: User


@dataclass(frozen=True)
class PipelineChanged:
    """An administrator changed the town's pipeline; `what` says it in each language."""

    town: Municipality
    stage: Stage | None
    what: dict[str, str]
    by: User
