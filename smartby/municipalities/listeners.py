"""What a town has to say when one of its people takes another name."""

from __future__ import annotations

import unicodedata

from flask_babel import gettext as _

from ..accounts.facts import NameChanged
from ..core.errors import Invalid
from ..core.transaction import together_with
from .queries import names_of_colleagues


@together_with(NameChanged)
def refuse_a_colleagues_name(fact: NameChanged) -> None:
    """Refuse the name of somebody who has a role in the same town: names sign what is decided."""
    taken = {_compared(name) for name in names_of_colleagues(fact.user.id)}
    if _compared(fact.user.name) in taken:
        raise Invalid(
            _(
                "En annen som har en rolle samme sted, heter dette. Navnet står under det dere"
                " avgjør, så skriv det slik at dere kan skilles, for eksempel med mellomnavn."
            )
        )


def _compared(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
