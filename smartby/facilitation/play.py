"""What a kind of activity does while a workshop is held: four views, and what can be done in it.

The views are templates in `templates/activities/<key>/`; a view that a kind has no template for is
the plain one. Views of the room, the projector and the console never look at who reads: they are
drawn once for all. What is one's own is drawn for one participant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from ..core.errors import Invalid
from ..workshops.kinds import Kind, kind_of
from ..workshops.models import Activity
from .models import Card, Participant, Run
from .progress import Page, page_of
from .ways import with_way

UNUSABLE = re.compile("[\x00\ud800-\udfff]")  # no text can hold them
# What can be said at any time, and the field that the button's value is: yes or no, or a person.
ALWAYS = {"hand": "wanted", "ready": "wanted", "lower_hand": "participant"}
Fields = Mapping[str, str]
Act = Callable[[Run, Activity, Participant, Fields], Any]
Order = Callable[[Run, Activity, Fields], Any]


@dataclass(frozen=True, slots=True)
class Harvest:
    """Something that came out of an activity and may become an idea: a group, or a card alone."""

    key: str  # of the item, stable: "group:7", "card:12"
    title: str
    quotes: list[str] = field(default_factory=list)
    votes: int | None = None  # how many stand behind it, as `Play.behind` says
    result: str = ""  # what came of it in words, with its unit: "4 prikker", "3,8 i snitt"
    place: int | None = None  # in a vote whose places say something, and among how many
    among: int = 0
    authors: list[str] = field(default_factory=list)  # marks; empty under strict anonymity
    ways: list[str] = field(default_factory=list)  # how the quoted cards came, or the card alone

    @property
    def quotes_with_ways(self) -> list[tuple[str, str]]:
        """The quoted cards with how each came."""
        return with_way(self.quotes, self.ways)


def said(sent: Mapping[str, str], verbs: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Read a form's verb and fields; a button that is named by a verb has a card as its value.

    A page has one form, and each button belongs to it: `do=reveal`, or `hold=12` for card 12.
    """
    fields = {name: value for name, value in sent.items() if name not in ("csrf_token", "key")}
    if any(UNUSABLE.search(value) for value in fields.values()):
        raise Invalid(_("Teksten inneholder tegn som ikke kan brukes."))
    verb = fields.pop("do", "")
    for name in (*ALWAYS, *verbs):
        if not verb and name in fields:
            verb, fields[ALWAYS.get(name, "card")] = name, fields.pop(name)
    return verb, fields


# What comes out of an activity: nothing that can be worked on further, things one may choose to
# work on, or proposals, which the next vote is about unless something else is chosen.
NOTHING, ITEMS, PROPOSALS = "nothing", "items", "proposals"


class Play(Kind):
    """A kind of activity that can be held.

    `acts` are what a participant may do, `orders` what those who drive may: both are called in the
    run's transaction, under its lock, with the rights judged; they raise Invalid with words.
    """

    acts: ClassVar[Mapping[str, Act]] = {}
    orders: ClassVar[Mapping[str, Order]] = {}
    gives: ClassVar[str] = NOTHING
    unveiling: ClassVar[Any] = _l("Avslør lappene")  # what the button says that shows the unseen
    # Orders that compare what they change with what was seen: several may lead at the same time.
    joint: ClassVar[frozenset[str]] = frozenset()
    # Whether what is one's own differs from the first moment: then each page asks for it.
    personal: ClassVar[bool] = False
    # Whether it weighs what others made: the board shows all of it, whatever came of it later.
    weighs: ClassVar[bool] = False
    # Whether its cards stand in an order that votes decide, for those who lead too.
    sorts: ClassVar[bool] = False
    # Whether one votes in it: where there is no paper for that, those who have no phone are told.
    is_vote: ClassVar[bool] = False

    def picture(self, activity: Activity) -> Any:
        """Return what the room and the projector may see of the activity."""
        return None

    def insight(self, activity: Activity) -> Any:
        """Return what those who drive see of the activity."""
        return self.picture(activity)

    def possession(self, activity: Activity, participant: Participant) -> Any:
        """Return what is a participant's own in the activity."""
        return None

    def pages(self, activity: Activity) -> Page:
        """Return the page that the projectors show, of a list that may be too long for one."""
        return page_of(activity, [], 1)

    def writes(self, activity: Activity) -> bool:
        """Tell whether those who take part write cards in this activity."""
        return "write" in self.acts

    def places(self, activity: Activity) -> Sequence[tuple[str, str]]:
        """Return where a card has to be put, and what that is called; [] where there is one."""
        return []

    def takes_ballots(self, activity: Activity) -> bool:
        """Tell whether ballots on paper can be brought in now."""
        return False

    def no_room(self, activity: Activity, card: Card) -> str:
        """Say why a card that waits cannot be shown to the room; "" when it can."""
        return ""

    def begin(self, run: Run, activity: Activity) -> None:
        """Prepare the activity when it is begun the first time; in the transaction."""

    def finish(self, run: Run, activity: Activity) -> None:
        """Settle the activity when it is left; it may be begun again."""

    @property
    def asks(self) -> bool:
        """Whether those who take part have something to do on their screens."""
        return bool(self.acts)

    def simulate(self, run: Run, activity: Activity, turn: int) -> list[tuple[str, Fields]]:
        """Return what somebody made up does in a rehearsal: acts with their fields."""
        return []

    def harvest(self, activity: Activity) -> list[Harvest]:
        """Return what may become ideas, the best supported first."""
        return []

    def hung(self, activity: Activity) -> list[Harvest]:
        """Return what hangs on the board after it, in its order."""
        return self.harvest(activity)

    def behind(self, votes: int) -> str:
        """Say how many stand behind something that was harvested, in this kind's own unit."""
        return str(ngettext("%(num)d stemme", "%(num)d stemmer", votes))

    def unseen(self, activity: Activity) -> str:
        """Say what people have put in that the room has not been shown; "" when there is none."""
        return ""

    def unfinished(self, activity: Activity) -> str:
        """Say what is still open, or waits for those who lead; "" when nothing is."""
        return ""

    def unveil(self, run: Run, activity: Activity) -> None:
        """Show the room all that it has not been shown; there is no way back."""

    def rows(self, activity: Activity) -> list[list[Any]]:
        """Return the results as a table for exports, the heading first; [] when there are none."""
        return []

    def sums(self, activity: Activity) -> frozenset[int]:
        """Return which of `rows` sum up others, counted from 0 below the heading."""
        return frozenset()

    def in_minutes(self, run: Run, activity: Activity) -> Markup:
        """Draw the result as the room saw it; "" when the table of `rows` says it all."""
        return Markup()

    def untold(self, activity: Activity) -> Any:
        """Return what the room's view shows that may change without the room being told of it.

        With this and the number of the room's stream the view is drawn once for all who come in;
        None has it drawn each time.
        """
        return None

    def stage(self, run: Run, activity: Activity) -> Markup:
        """Draw the participant's view, without what is anybody's own."""
        return self._draw("stage", run, activity, shown=self.picture(activity))

    def screen(self, run: Run, activity: Activity) -> Markup:
        """Draw the projector's view."""
        return self._draw("screen", run, activity, shown=self.picture(activity))

    def console(self, run: Run, activity: Activity) -> Markup:
        """Draw the facilitator's view."""
        return self._draw("console", run, activity, shown=self.insight(activity))

    def drive(self, run: Run, activity: Activity) -> Markup:
        """Draw the main act of those who lead in this activity: one button, or nothing."""
        return self._draw("drive", run, activity, shown=self.insight(activity))

    def own(self, run: Run, activity: Activity, participant: Participant | None) -> Markup:
        """Draw what is a participant's own; without one, what it is before they did anything."""
        mine = self.possession(activity, participant) if participant is not None else None
        return self._draw("own", run, activity, mine=mine, participant=participant)

    def _draw(self, view: str, run: Run, activity: Activity, **values: Any) -> Markup:
        env = current_app.jinja_env
        names = [f"activities/{folder}/{view}.html" for folder in (self.key, "plain")]
        made = env.select_template(names).render(
            run=run, activity=activity, kind=self, workshop=run.workshop, **values
        )
        return Markup(made)  # noqa: S704 - a template's own output


def play_of(activity: Activity) -> Play:
    """Return how an activity is held."""
    found = kind_of(activity.kind)
    if not isinstance(found, Play):
        raise TypeError(f"the kind {activity.kind} cannot be held")
    return found
