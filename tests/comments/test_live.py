"""The law: a stale page and its events make the fresh page, for everything done to a discussion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.comments.said import Reader, comments, finds_useful, page, replies, shown
from tests.live_page import LivePage
from tests.people import Visitor
from tests.pipeline.board import REASON, move, stages

Act = Callable[["Scene"], Any]


class Scene:
    """An idea with a discussion, and people who do things to it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.kari, self.jonas = Visitor(app, "kari"), Visitor(app, "jonas")
        self.idea = self.kari.has_idea()
        self.first = comments(self.jonas, self.idea, "Blir det strødd?", stance="question")
        self.second = comments(self.kari, self.idea, "Ja, det er viktig.", stance="for")
        self.reply = replies(self.jonas, self.second, "Enig med deg.")

    def edits(self) -> Any:
        fields = {"body": "Blir det **strødd** tidlig?", "seen": "1"}
        return self.jonas.posts(f"/havnvik/comments/{self.first}", **fields)

    def deletes(self, number: int, visitor: Visitor) -> Any:
        return visitor.posts(f"/havnvik/comments/{number}/deletion")

    def supports(self, visitor: Visitor, wanted: str = "yes") -> Any:
        return visitor.posts(f"/havnvik/contributions/{self.idea}/support", wanted=wanted)

    def moves(self) -> Any:
        ids = stages(self.app)
        return move(Visitor(self.app, "ingrid"), self.idea, ids["under_review"], ids["received"])


def takes_back(scene: Scene) -> None:
    scene.supports(scene.jonas)
    scene.supports(scene.jonas, "no")


def values_and_not(scene: Scene) -> None:
    finds_useful(scene.kari, scene.first)
    finds_useful(scene.kari, scene.first, "no")


ACTS: dict[str, Act] = {
    "support": lambda s: s.supports(s.jonas),
    "taking support back": takes_back,
    "a comment": lambda s: comments(s.jonas, s.idea, "Flott idé."),
    "a comment with a stance": lambda s: comments(s.jonas, s.idea, "Nei.", stance="against"),
    "a reply": lambda s: replies(s.kari, s.first, "Ja, det blir det."),
    "a reply to a reply": lambda s: replies(s.kari, s.reply, "Takk."),
    "a reply below the deepest": lambda s: replies(s.kari, replies(s.jonas, s.reply), "Takk."),
    "an edit": Scene.edits,
    "a deletion": lambda s: s.deletes(s.first, s.jonas),
    "a deletion above replies": lambda s: s.deletes(s.second, s.kari),
    "a deletion by the town": lambda s: s.deletes(s.reply, Visitor(s.app, "ingrid")),
    "finding useful": lambda s: finds_useful(s.kari, s.first),
    "finding useful no more": values_and_not,
    "a move": Scene.moves,
}


@pytest.mark.parametrize("act", ACTS)
def test_a_stale_page_and_its_events_make_the_fresh_page(app: Flask, act: str) -> None:
    scene = Scene(app)
    reader = Reader(Visitor(app), f"/havnvik/ideas/{scene.idea}")
    questions = page(reader.visitor, scene.idea, "?sort=questions")
    ACTS[act](scene)
    ops = reader.hears()
    stale = LivePage(reader.html).apply(ops)
    assert stale.text() == LivePage(page(reader.visitor, scene.idea)).text()
    fresh = page(reader.visitor, scene.idea, "?sort=questions")
    assert LivePage(questions).apply(ops).text() == LivePage(fresh).text()


@pytest.mark.parametrize("act", ["support", "taking support back", "finding useful"])
def test_ones_own_acts_show_in_ones_other_tabs(app: Flask, act: str) -> None:
    scene = Scene(app)
    who = scene.kari if act == "finding useful" else scene.jonas
    tab = Reader(who, f"/havnvik/ideas/{scene.idea}")
    ACTS[act](scene)
    stale = LivePage(tab.html).apply(tab.hears())
    assert stale.text() == LivePage(page(who, scene.idea)).text()


def test_events_that_are_applied_twice_change_nothing_more(app: Flask) -> None:
    scene = Scene(app)
    reader = Reader(Visitor(app), f"/havnvik/ideas/{scene.idea}")
    for name in ("a comment", "a reply", "an edit", "a deletion above replies", "support"):
        ACTS[name](scene)
    ops = reader.hears()
    once, twice = LivePage(reader.html).apply(ops), LivePage(reader.html).apply([*ops, *ops])
    assert once.text() == twice.text()


def test_where_the_best_come_first_new_ones_are_only_counted(app: Flask) -> None:
    scene = Scene(app)
    path = f"/havnvik/ideas/{scene.idea}"
    for query in ("?sort=best", f"?comment={scene.first}"):
        reader = Reader(Visitor(app), path + query)
        assert f'data-waiting="comments-{scene.idea}"' in reader.html
        number = comments(scene.jonas, scene.idea)
        ops = reader.hears()
        waiting = {"op": "waiting", "target": f"comments-{scene.idea}", "value": str(number)}
        assert waiting in ops
        before = shown(reader.html)
        after = LivePage(reader.html).apply(ops).text()
        assert [n for n in before if f'id="comment-{n}"' not in after] == []
        assert f'id="comment-{number}"' not in after


def test_who_moves_it_where_nobody_may_talk_has_the_page_read_anew(app: Flask) -> None:
    scene, ids = Scene(app), stages(app)
    reader = Reader(Visitor(app), f"/havnvik/ideas/{scene.idea}")
    ingrid = Visitor(app, "ingrid")
    move(ingrid, scene.idea, ids["not_pursued"], ids["received"], reason=REASON)
    assert {"op": "refresh"} in reader.hears()


def test_what_was_hidden_since_is_not_told_of(app: Flask) -> None:
    scene = Scene(app)
    number = comments(scene.jonas, scene.idea, "Et hemmelig ord.")
    stream = f"contribution:{scene.idea}"
    scene.deletes(number, scene.jonas)
    caught = scene.kari.gets(f"/live/{stream}?after=0&lang=nb").get_data(as_text=True)
    assert "hemmelig" not in caught


def test_nothing_of_who_reads_is_in_what_is_sent(app: Flask) -> None:
    scene = Scene(app)
    caught = scene.kari.gets(f"/live/contribution:{scene.idea}?after=0&lang=nb")
    text = caught.get_data(as_text=True)
    assert "Enig med deg." in text
    for word in ("csrf", "@example.no", "data-mine", 'aria-pressed=\\"true'):
        assert word not in text
