"""What follows for a challenge's open page when it is answered by an idea, or edited."""

from __future__ import annotations

from ..contributions.facts import Edited, Published
from ..core.transaction import post, together_with


@together_with(Published)
def tell_of_idea(fact: Published) -> None:
    """Tell the readers of a challenge that an idea answers it."""
    challenge, idea = fact.contribution.challenge_id, fact.contribution.id
    if challenge is not None:
        post(f"contribution:{challenge}", "challenge.answered", challenge=challenge, idea=idea)


@together_with(Edited)
def tell_of_edit(fact: Edited) -> None:
    """Tell the readers of a challenge of its new question and times."""
    if fact.contribution.kind == "challenge":
        number = fact.contribution.id
        post(f"contribution:{number}", "challenge.edited", challenge=number)
