"""An entry as people read it: its sentence, its reason and its number, in the page's language."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..core.fragments import language
from .kinds import NAME_CHANGED, Kind, kind_of

# Roles as the words that follow "Rollen …".
ROLES = {
    "facilitator": _l("verkstedleder"),
    "moderator": _l("moderator"),
    "administrator": _l("administrator"),
}


@dataclass(slots=True)
class Entry:
    """A row of the ledger with its words."""

    id: int
    municipality_id: int
    seq: int
    ts: datetime
    type: str
    subject: str
    from_value: str
    to_value: str
    text: str | None
    actor_label: str
    title: str | None
    hash: str
    entry: str
    salt: str | None
    actor_id: int | None
    actor: str | None
    hidden: bool = False  # the subject is hidden now: its title is not repeated
    _details: dict[str, Any] | None = field(default=None, repr=False)

    @property
    def key(self) -> tuple[Any, ...]:
        """What the cached fragment of this entry depends on: texts and names can be erased."""
        return (self.id, self.salt is None, self.actor)

    @property
    def kind(self) -> Kind:
        """What its type is called."""
        return kind_of(self.type)

    @property
    def details(self) -> dict[str, Any]:
        """The details that were entered with it."""
        if self._details is None:
            found = json.loads(self.entry).get("details")
            self._details = found if isinstance(found, dict) else {}
        return self._details

    @property
    def to_name(self) -> str:
        """What it led to, by the name it had then, in the page's language."""
        return self._named("to") or self._role(self.to_value) or self.to_value

    @property
    def from_name(self) -> str:
        """Where it came from, by the name it had then."""
        return self._named("from") or self.from_value

    @property
    def unit(self) -> str:
        """The unit of the official who did it, by the name it had then."""
        return self._named("unit")

    @property
    def verb(self) -> str:
        """The first words of the sentence: "Flyttet til Utforskes"."""
        words = {"to": self.to_name, "from": self.from_name, "what": self._what()}
        return str(self.kind.verb) % words

    @property
    def by(self) -> str:
        """Who did it: officials with role and unit, citizens by name, "" when nobody is told."""
        if self.type == "answer.given":
            return self._signed()
        if self.type == NAME_CHANGED:
            return self._renamed()
        who = self.actor or self.actor_label
        if self.actor and self.actor_label:
            return str(_("av %(who)s (%(office)s)", who=who, office=self.actor_label))
        return str(_("av %(who)s", who=who)) if who else ""

    @property
    def reason(self) -> str:
        """The public reason; the text of an answer stands with the answer."""
        return "" if self.type in ("answer.given", NAME_CHANGED) else self.text or ""

    @property
    def about(self) -> str:
        """What its subject was called then, where the sentence does not say it already."""
        return "" if self.type == NAME_CHANGED else self.title or ""

    @property
    def erased(self) -> bool:
        """Tell whether its text has been erased; a title may still stand with its subject."""
        return self.salt is None and bool(json.loads(self.entry).get("body"))

    @property
    def subject_number(self) -> int | None:
        """The contribution's or workshop's number when the entry is about one."""
        kind, _colon, number = self.subject.partition(":")
        return int(number) if kind in ("contribution", "workshop") and number.isdecimal() else None

    @property
    def subject_kind(self) -> str:
        """What it is: "idea", "challenge" or "workshop"; "" when it is not told."""
        named = self.details.get("kind") or self.type.partition(".")[0]
        return named if self.subject_number and named in ("idea", "challenge", "workshop") else ""

    def _signed(self) -> str:
        """Who answered: the unit speaks, and an official has signed for it."""
        unit, who = self._named("to"), self.actor or self.actor_label
        if not unit or not who:
            return str(_("fra %(unit)s", unit=unit)) if unit else ""
        return str(_("fra %(unit)s, signert av %(who)s", unit=unit, who=who))

    def _renamed(self) -> str:
        """From what to what; "" when the account is gone, and both names with it."""
        names = {"before": self.title, "after": self.text}
        return str(_("fra %(before)s til %(after)s", **names)) if self.title else ""

    def _named(self, which: str) -> str:
        found = self.details.get(f"{which}_{language()}") or self.details.get(f"{which}_nb")
        return str(found or "")

    def _role(self, value: str) -> str:
        return str(ROLES[value]) if self.type.startswith("role.") and value in ROLES else ""

    def _what(self) -> str:
        return self._named("what") or self.to_value
