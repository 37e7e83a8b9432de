"""The shape of an idea."""

from __future__ import annotations

import re
from textwrap import shorten

from wtforms import HiddenField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from ..contributions.forms import SeenForm, WritingForm
from ..core.forms import WholeNumberField
from ..core.numbers import LARGEST

LONGEST_TITLE = 120
SHORTEST_TITLE, SAYS_IT_ALL = 10, 60
# A sentence ends before a capital letter: "f.eks. lys" is no end.
ENDS = re.compile(r"\n+|(?<=[.!?…])\s+(?![a-zæøå])")


class IdeaForm(WritingForm):
    """A title, a text, principles; goals and place when wanted; perhaps a challenge it answers."""

    challenge = WholeNumberField(
        validators=[Optional(), NumberRange(1, LARGEST)], widget=HiddenInput()
    )
    # When this page's draft was last saved: what a newer window has saved is never written over.
    saved_at = HiddenField(default="")


class EditForm(WritingForm, SeenForm):
    """An idea that is changed, and the version that was seen."""


def begun_with(text: str) -> tuple[str, str]:
    """Make a title and a text of what somebody has begun with, without losing a word.

    The first sentence or line is the title, and all of it the text; a few words are a title alone.
    """
    ends = [*(end.start() for end in ENDS.finditer(text)), len(text)]
    first = text[: next((end for end in ends if end >= SHORTEST_TITLE), len(text))]
    title = shorten(first.rstrip("."), LONGEST_TITLE, placeholder=" …")
    if first == text and len(text) <= SAYS_IT_ALL:
        return title, ""
    return (title if len(title) >= SHORTEST_TITLE else ""), text
