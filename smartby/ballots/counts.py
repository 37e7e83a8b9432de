"""How a kind's results are said in words and drawn as bars."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from ..core.formatting import number
from ..core.fragments import language
from .papers import Count, Line, Turnout

AGREE, SPLIT = 0.2, 0.55  # of the greatest spread there could be
# Of those who took a stand: so few on the lesser side of the middle are next to nobody, and so
# many are a camp of their own.
FEW, CAMP = 1 / 10, 1 / 3


def whole(line: Line) -> str:
    """Say a score that is a number of something."""
    return "–" if line.score is None else number(line.score, language())


def number_of(line: Line) -> int:
    """Return the number that words beside a score agree with: what is exactly one, or several."""
    return 1 if line.score is not None and abs(round(line.score, 2)) == 1 else 2


def decimal(line: Line) -> str:
    """Say a score that is a mean: exactly enough that two which are placed apart look it."""
    return "–" if line.score is None else number(round(line.score, 2), language())


def tenths(value: float) -> str:
    """Say a number with one decimal, "3,8"."""
    return number(round(value, 1), language())


def share(line: Line) -> str:
    """Say a score that is a share."""
    return "–" if line.score is None else f"{round(100 * line.score)} %"


def against_best(line: Line, count: Count) -> float:
    """Return a bar's length, 0 to 100, when the longest is the best there is."""
    longest = max((other.score or 0 for other in count.lines), default=0)
    return round(100 * (line.score or 0) / longest, 1) if longest > 0 else 0.0


def of_voters(line: Line, count: Count) -> float:
    """Return a bar's length, 0 to 100, when the whole of it is all who voted."""
    return round(100 * (line.score or 0) / count.turnout.voted, 1) if count.turnout.voted else 0.0


def between(line: Line, low: float, high: float) -> float:
    """Return a bar's length, 0 to 100, on a scale."""
    return 0.0 if line.score is None else round(100 * (line.score - low) / (high - low), 1)


def unity(line: Line, *, hindered: bool = False) -> str:
    """Say in a word how far apart people are: it takes both the spread and the sides."""
    if line.spread is None:
        return ""
    return in_a_word(
        agree=not hindered and line.spread < AGREE and line.lesser <= FEW,
        split=line.spread >= SPLIT and line.lesser >= CAMP,
    )


def unity_of_sides(line: Line) -> str:
    """Say it of a yes or a no: the sides alone tell."""
    return in_a_word(agree=line.lesser <= FEW, split=line.lesser >= CAMP)


def given(value: int) -> Callable[[Line], int | None]:
    """Return how it is found how many gave an item a value, where enough have spoken of it."""
    return lambda line: line.histogram.get(value, 0) if line.is_broken_down else None


def turnout_in_words(told: Turnout) -> str:
    """Say how many have answered of those who are there, and how many of them with a blank."""
    said = [_("%(voted)s av %(present)s har stemt", voted=told.answered, present=told.present)]
    if told.abstained:
        said.append(ngettext("%(num)d av dem blankt", "%(num)d av dem blankt", told.abstained))
    if told.paper:
        said.append(ngettext("%(num)d på papir", "%(num)d på papir", told.paper))
    return ", ".join(map(str, said))


def in_a_word(*, agree: bool, split: bool) -> str:
    """Say whether people agree, are split, or neither."""
    if agree:
        return str(_("Stor enighet"))
    return str(_("Stor uenighet")) if split else str(_("Delte meninger"))
