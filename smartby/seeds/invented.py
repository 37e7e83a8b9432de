"""Ideas in any number: the demo's sentences and titles, put together anew at invented places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from ..contributions.actions import EXCERPT
from ..core.markdown import plain, render
from ..core.stemming import indexed
from .content import Content, Row

# 8,000 places: enough that search meets words that are rare as well as words that are everywhere.
BEGINNINGS = (
    "Bjørke", "Elve", "Fjell", "Gran", "Hassel", "Kirke", "Linde", "Myr", "Nord", "Ospe",
    "Rogne", "Selje", "Sol", "Sør", "Torg", "Vest", "Øst", "Ås", "Eike", "Furu",
    "Hav", "Lang", "Mølle", "Nes", "Prest", "Skog", "Stor", "Sund", "Ulve", "Vinter",
    "Brenne", "Dal", "Ek", "Fagre", "Grønn", "Hegge", "Kvern", "Lille", "Orre", "Tjern",
)  # fmt: skip
MIDDLES = (
    "bakke", "berg", "bru", "dals", "eng", "fjord", "hage", "haug", "holm", "kleiv",
    "land", "li", "lund", "mo", "neset", "odd", "rud", "slett", "sti", "strand",
    "tun", "vang", "vik", "voll", "åker",
)  # fmt: skip
ENDINGS = ("en", "gata", "heimen", "kroken", "løkka", "plassen", "toppen", "tunet")
TITLE = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """A text with everything that is made from it."""

    text: str
    html: str
    stems: str
    excerpt: str
    title_stems: str = ""


@dataclass(frozen=True, slots=True)
class Invented:
    """An idea that nobody had."""

    row: Row  # the demo's idea it is modelled on
    title: str
    place: str
    body: Piece


class Inventor:
    """Puts ideas and comments together from the demo's own words."""

    def __init__(self, content: Content, dice: Random) -> None:
        self.dice = dice
        self.models = content.ideas
        self.titles = {row["key"]: indexed(row["title"], row["lang"]) for row in content.ideas}
        self.paragraphs = _paragraphs(content.ideas)
        self.remarks = _paragraphs(content.comments)

    def idea(self) -> Invented:
        """Invent an idea."""
        dice, row = self.dice, self.dice.choice(self.models)
        place = dice.choice(BEGINNINGS) + dice.choice(MIDDLES) + dice.choice(ENDINGS)
        first, second = dice.choices(self.paragraphs[row["lang"]], k=2)
        stems = f"{self.titles[row['key']]} {indexed(place, row['lang'])}"
        return Invented(
            row=row,
            title=f"{row['title']} ved {place}"[:TITLE],
            place=place,
            body=Piece(
                text=f"{first.text}\n\n{second.text}",
                html=f"{first.html}\n{second.html}",
                stems=f"{stems} {stems} {first.stems} {second.stems}",
                excerpt=first.excerpt,
                title_stems=stems,
            ),
        )

    def remark(self, lang: str) -> Piece:
        """Say something that somebody has said in the demo."""
        return self.dice.choice(self.remarks.get(lang) or self.remarks["nb"])


def _paragraphs(rows: list[Row]) -> dict[str, list[Piece]]:
    pieces: dict[str, list[Piece]] = defaultdict(list)
    for row in rows:
        for part in filter(None, map(str.strip, row["body"].split("\n\n"))):
            pieces[row["lang"]].append(_piece(part, row["lang"]))
    return pieces


def _piece(part: str, lang: str) -> Piece:
    return Piece(part, str(render(part)), indexed(part, lang), plain(part, EXCERPT))
