"""Word cloud: a few words each; what many say is big."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from wtforms import BooleanField
from wtforms.validators import InputRequired, Length, NumberRange

from ..cards.actions import card_in, conceal, judge, reveal, take_back, write_card
from ..cards.cloud import Cloud, Word, counted, drawn, key_of
from ..cards.columns import lines_of
from ..core.clock import now
from ..core.errors import Invalid
from ..core.forms import Form, ProseField, WholeNumberField
from ..core.stemming import stems
from ..core.text import clean
from ..extensions import db
from ..facilitation.identity import mark_of
from ..facilitation.models import HELD, HIDDEN, SHOWN, WAITING, Card, Participant, Run
from ..facilitation.play import PROPOSALS, Fields, Harvest, Play
from ..facilitation.queries import cards_of, own_cards
from ..facilitation.rehearsal import made_up, written
from ..facilitation.streams import tell_count, tell_shown
from ..workshops.models import Activity

MOST_WORDS = 3  # of an entry
LONGEST = 40  # characters
EACH = 3  # entries, unless the plan says otherwise


@dataclass(frozen=True, slots=True)
class Said:
    """What has been said: counted, drawn, and what is kept back."""

    words: list[Word]
    drawing: Cloud
    voters: int
    held: list[Card]
    hidden: bool  # from the room, until it is revealed


class CloudRules(Form):
    """How many words each has, and which are shown."""

    most = WholeNumberField(
        _l("Hvor mange svar har hver?"), default=EACH,
        validators=[
            InputRequired(_l("Skriv et tall fra 1 til 10.")),
            NumberRange(1, 10, _l("Skriv et tall fra 1 til 10.")),
        ],
    )  # fmt: skip
    least = WholeNumberField(
        _l("Vis ord som minst så mange har skrevet"), default=1,
        validators=[
            InputRequired(_l("Skriv et tall fra 1 til 20.")),
            NumberRange(1, 20, _l("Skriv et tall fra 1 til 20.")),
        ],
    )  # fmt: skip
    blocked = ProseField(
        _l("Ord som ikke skal vises"),
        description=_l("Ett på hver linje. Den som skriver et av dem, får vite det."),
        validators=[Length(max=2_000, message=_l("Lista er for lang."))],
    )  # fmt: skip
    hidden = BooleanField(_l("Vis ordskya først når den avsløres"))
    locks = BooleanField(_l("Lås når tiden er ute"))


class WordCloud(Play, key="cloud"):
    """Words that grow with how many say them."""

    name = _l("Ordsky")
    purpose = _l("Alle skriver ett til tre ord. Det mange skriver, blir stort.")
    icon = "globe"
    minutes = 5
    order = 40
    rules_form = CloudRules
    gives = PROPOSALS
    unveiling = _l("Vis ordskya")

    def begin(self, run: Run, activity: Activity) -> None:
        """Words are seen as they are said, unless the plan keeps them for later."""
        if not activity.rules.get("hidden"):
            activity.revealed_at = activity.revealed_at or now()

    def picture(self, activity: Activity) -> Said:
        """Return the words that the room may see."""
        hidden = _is_hidden(activity)
        return _said(activity, hidden=hidden, shown=not hidden)

    def insight(self, activity: Activity) -> Said:
        """Return all words."""
        return _said(activity, hidden=_is_hidden(activity), shown=True)

    def possession(self, activity: Activity, participant: Participant) -> list[Card]:
        """Return what the participant has said."""
        return list(own_cards(activity, mark_of(participant.run, participant)))

    def each(self, activity: Activity) -> int:
        """Return how many entries each has."""
        return _number(activity, "most", EACH)

    def simulate(self, run: Run, activity: Activity, turn: int) -> list[tuple[str, Fields]]:
        """Let each say something; when asked again, something else."""
        words = made_up()["words"][run.workshop.lang]
        asked = len(written(activity)) // len(made_up()["names"])
        if asked >= min(self.each(activity), len(words)):
            return []
        return [("write", {"body": words[(turn * turn + asked) % len(words)]})]

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return the words that the room saw, the most said first."""
        return [
            Harvest(
                f"card:{word.card}", word.text, votes=word.count, authors=list(word.authors),
                result=self.behind(word.count),
            )
            for word in self.picture(activity).words
        ]  # fmt: skip

    def behind(self, votes: int) -> str:
        """Say how many wrote a word."""
        return str(ngettext("%(num)d skrev dette", "%(num)d skrev dette", votes))

    def unseen(self, activity: Activity) -> str:
        """Say that the cloud is hidden, when somebody has written in it."""
        shown = any(card.state == SHOWN for card in cards_of(activity))
        return str(_("Ordskya er ikke vist.")) if shown and _is_hidden(activity) else ""

    def unveil(self, run: Run, activity: Activity) -> None:
        """Show the cloud."""
        _reveal(run, activity, {})

    def in_minutes(self, run: Run, activity: Activity) -> Markup:
        """Draw the cloud."""
        shown = self.picture(activity)
        return self._draw("minutes", run, activity, shown=shown) if shown.words else Markup()

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return the words with how many said them."""
        words = self.picture(activity).words
        heading = [str(_("Ord")), str(_("Antall"))]
        return [heading, *([word.text, word.count] for word in words)]


def _said(activity: Activity, *, hidden: bool, shown: bool) -> Said:
    lang = db.session.get_one(Run, activity.workshop_id).workshop.lang
    cards = cards_of(activity)
    seen = [card for card in cards if card.state == SHOWN]
    least = _number(activity, "least", 1)
    words = [word for word in counted(seen, lang) if word.count >= least] if shown else []
    voters = len({card.author for card in cards})
    held = [card for card in cards if card.state not in (SHOWN, WAITING)]
    return Said(words, drawn(words), voters, held, hidden)


def _is_hidden(activity: Activity) -> bool:
    return bool(activity.rules.get("hidden")) and activity.revealed_at is None


def _number(activity: Activity, name: str, usual: int) -> int:
    wanted = activity.rules.get(name)
    return wanted if isinstance(wanted, int) and wanted > 0 else usual


def _say(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    text, lang = clean(fields.get("body", "")), run.workshop.lang
    if len(text.split()) > MOST_WORDS or len(text) > LONGEST:
        raise Invalid(_("Skriv ett til tre ord, høyst 40 tegn."))
    own = own_cards(activity, mark_of(run, author))
    if len(own) >= _number(activity, "most", EACH):
        raise Invalid(_("Du har brukt alle svarene dine. Ta tilbake ett for å skrive et nytt."))
    if key_of(text, lang) in {key_of(card.body, lang) for card in own}:
        raise Invalid(_("Dette har du skrevet allerede."))
    card = write_card(run, activity, author, text)
    if _is_blocked(activity, text, lang):
        card.state, card.reason = HELD, str(_("Ordet står på lista over ord som ikke vises."))
    _tell(run, activity)


def _is_blocked(activity: Activity, text: str, lang: str) -> bool:
    said = {*stems(text, lang), *text.casefold().split()}
    lines = lines_of(str(activity.rules.get("blocked") or ""))
    return any(said & {key_of(line, lang), line.casefold()} for line in lines)


def _take_back(run: Run, activity: Activity, author: Participant, fields: Fields) -> None:
    take_back(run, activity, author, fields)
    _tell(run, activity)


def _judge(state: str, run: Run, activity: Activity, fields: Fields) -> None:
    """Hold a word back, or show it: every card that says it."""
    lang, first = run.workshop.lang, card_in(activity, fields)
    reason = fields.get(f"reason-{first.id}", fields.get("reason", ""))
    for card in cards_of(activity):
        if key_of(card.body, lang) == key_of(first.body, lang):
            judge(run, activity, {"card": str(card.id), "reason": reason}, state)
    _tell(run, activity)


def _reveal(run: Run, activity: Activity, _fields: Fields) -> None:
    reveal(activity, {})
    tell_shown(run, activity)


def _conceal(run: Run, activity: Activity, _fields: Fields) -> None:
    conceal(activity)
    tell_shown(run, activity)


def _tell(run: Run, activity: Activity) -> None:
    (tell_count if _is_hidden(activity) else tell_shown)(run, activity)


WordCloud.acts = {"write": _say, "take_back": _take_back}
WordCloud.orders = {
    "approve": partial(_judge, SHOWN),
    "hold": partial(_judge, HELD),
    "hide": partial(_judge, HIDDEN),
    "reveal": _reveal,
    "conceal": _conceal,
}
