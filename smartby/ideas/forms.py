"""The shape of an idea."""

from __future__ import annotations

import re

from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from ..contributions.forms import SeenForm, WritingForm
from ..core.numbers import LARGEST

LONGEST_TITLE = 120
SEVERAL = re.compile(r"\n|[.!?…]\s")


class IdeaForm(WritingForm):
    """A title, a text, principles; goals and place when wanted; perhaps a challenge it answers."""

    challenge = IntegerField(validators=[Optional(), NumberRange(1, LARGEST)], widget=HiddenInput())
    # When this page's draft was last saved: what a newer window has saved is never written over.
    saved_at = HiddenField(default="")


class EditForm(WritingForm, SeenForm):
    """An idea that is changed, and the version that was seen."""


def is_title(text: str) -> bool:
    """Tell whether what somebody has begun with is one short sentence."""
    return len(text) <= LONGEST_TITLE and not SEVERAL.search(text)
