"""A number and what is counted agree: "1 card", "2 cards"; who writes such a text asks ngettext."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.messages.pofile import read_po

from tools import translations
from tools.translations import FOLDER

WORD = re.compile(r"[^\W\d_]{3,}")
# A number and the words after it; or a text that is nothing but small words, and stands beside one.
NUMBER = re.compile(r"%\((\w+)\)[sd]((?: [^\W\d_]+){1,3})")
BARE = re.compile(r"[^\W\d_A-ZÆØÅ]+(?: [^\W\d_A-ZÆØÅ]+)?")
# Words that come and go with the number, and count nothing themselves.
SMALL = frozenset({
    "num", "dem", "ett", "alle", "ganger", "klipp", "langs", "strekene", "nye", "omtrent", "about",
    "all", "along", "ask", "cut", "lie", "match", "one", "resemble", "say", "stay", "the", "them",
    "they", "times",
})  # fmt: skip
# What is no number, and limits of ours, which are never one.
NAMES = frozenset({"fewest", "most", "town", "unit"})
# Scripts have another text for one beside these: data-one and data-many, or what was so long ago.
SCRIPTED = re.compile(r"data-(?:new-)?(?:many|minutes|hours|days)=\"\{\{ _\('([^']+)'")
# These are settings or limits, or nothing that is counted.
NEVER_ONE = frozenset({
    "%(citizen)s dager, for ansatte %(staff)s timer, eller til du logger ut.",
    "Av det du skrev, er de første %(count)s tegnene her.", "En side har %(count)s treff.",
    "Er det virkelig %(num)s sedler?", "Ja, det er %(num)s sedler",
    "Hver prikk her er %(count)s prikker.", "Hver runde varer bare %(seconds)s sekunder.",
    "Over %(count)s ideer", "Over %(count)s ideer. Vi søkte i de nyeste.",
    "Til rollen tas bort. En invitasjon gjelder i %(days)s dager.", "referat",
})  # fmt: skip
# Longer ones, by how they begin: how ideas are put in order, and how long one stays signed in.
LONG = ("En støtte gir ett poeng", "Ti ganger så mange poeng", "Til du lukker nettleseren.")


def texts(language: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield each message's name, its texts, and whether it has one for one and one for many."""
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                many = isinstance(message.id, tuple)
                name = message.id[0] if many else message.id
                yield name, tuple(message.string) if many else (message.string,), many


def plurals(language: str) -> set[str]:
    """Return the words that stand for many, where another stands for one."""
    found: set[str] = set()
    for _name, said, many in texts(language):
        if many:
            one, more = (set(WORD.findall(text.lower())) for text in said[:2])
            found |= more - one
    return found - SMALL


def scripted() -> set[str]:
    """Return the texts that a script takes for many, having another for one."""
    pages = (translations.PACKAGE / "templates").rglob("*.html")
    return {text for page in pages for text in SCRIPTED.findall(page.read_text("utf-8"))}


def counted_in(text: str) -> set[str]:
    """Return the words that stand beside a number: in the text, or that it is all of."""
    beside = [words for name, words in NUMBER.findall(text) if name not in NAMES]
    alone = [text] if BARE.fullmatch(text) else []
    return {word.lower() for words in (*beside, *alone) for word in words.split()}


def test_what_is_counted_has_a_text_for_one_and_a_text_for_many() -> None:
    known, wrong = NEVER_ONE | scripted(), set()
    for language in translations.LANGUAGES:
        many_of = plurals(language)
        for name, said, has_both in texts(language):
            excused = has_both or name in known or name.startswith(LONG)
            if not excused and counted_in(said[0]) & many_of:
                wrong.add(f"{language}: {name[:90]!r} => {said[0][:90]!r}")
    assert sorted(wrong) == []


def test_no_excuse_is_left_over() -> None:
    names = {name for name, _said, _both in texts("nb")}
    assert NEVER_ONE - names == set()
    assert [start for start in LONG if not any(name.startswith(start) for name in names)] == []
