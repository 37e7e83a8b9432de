"""Every text for people stands in every language, and a word is written one way in each."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po

from tools import translations
from tools.translations import FOLDER

# Forms that nynorsk may have, or that are bokmål's, beside those that are used here.
OTHER_FORMS = re.compile(r"\b(lenkj\w+|som leiar|du leiar|begynn\w*|bestem\w*|lat feltet)\b", re.I)


def test_catalogues_are_complete_and_hold_nothing_else() -> None:
    assert translations.problems() == []


def test_nynorsk_writes_a_word_one_way() -> None:
    with (FOLDER / "nn" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        texts = [message.string for message in read_po(file)]
    assert [text for text in texts if OTHER_FORMS.search(str(text))] == []
