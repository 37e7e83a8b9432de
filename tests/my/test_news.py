"""What is new since one's last look at one's own page, and the drafts that wait there."""

from __future__ import annotations

import re
from datetime import timedelta

import time_machine
from flask import Flask

from smartby.core.clock import now
from tests.pages.test_front import moved
from tests.people import Visitor
from tests.pipeline.test_answers import _answer
from tests.statements import counted

KEY = "c" * 32


def news(visitor: Visitor, path: str = "/me") -> list[str]:
    """Return what the page says is new, line by line."""
    page = visitor.gets(path).get_data(as_text=True)
    found = re.findall(r'<p class="sb-news[^"]*">(.*?)</p>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in found]


def comments(visitor: Visitor, number: int) -> None:
    said = visitor.posts(f"/havnvik/contributions/{number}/comments", body="Enig, dette trengs.")
    assert said.status_code == 303


def test_what_others_did_is_new_until_the_next_look(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = kari.has_idea()
    comments(kari, number)  # one's own words are no news
    assert news(kari) == []
    comments(jonas, number)
    moved(app, number, "under_review")
    assert _answer(Visitor(app, "ingrid"), number) == 303
    told = ["Nytt: 1 nytt svar fra kommunen, flyttet til Vurderes, 1 ny kommentar"]
    with time_machine.travel(now() + timedelta(hours=1)):
        # The look of an hour ago came before all this; looking twice does not hide it.
        assert news(kari) == told
        assert news(kari) == told
    with time_machine.travel(now() + timedelta(hours=3)):
        assert news(kari) == []
        comments(jonas, number)
        assert news(kari) == ["Nytt: 1 ny kommentar"]


def test_news_reach_whoever_signs_in_on_another_device(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = kari.has_idea()
    kari.gets("/me")
    comments(jonas, number)
    with time_machine.travel(now() + timedelta(hours=1)):
        assert news(Visitor(app, "kari")) == ["Nytt: 1 ny kommentar"]


def test_what_one_supports_has_news_too(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = jonas.has_idea()
    kari.posts(f"/havnvik/contributions/{number}/support", wanted="yes")
    moved(app, number, "under_review")
    assert news(kari) == ["Nytt: flyttet til Vurderes"]
    page = kari.gets("/me").get_data(as_text=True)
    assert "<strong>Vurderes</strong>" in page
    assert "1 støtter" in page


def test_a_look_at_one_list_is_a_look_too(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = kari.has_idea()
    comments(jonas, number)
    assert news(kari, "/me/written") == ["Nytt: 1 ny kommentar"]
    with time_machine.travel(now() + timedelta(hours=1)):
        assert news(kari, "/me/written") == []
        assert news(kari) == []


def test_what_was_there_when_one_gave_support_is_no_news(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = jonas.has_idea()
    comments(jonas, number)
    moved(app, number, "under_review")
    assert _answer(Visitor(app, "ingrid"), number) == 303
    kari.posts(f"/havnvik/contributions/{number}/support", wanted="yes")
    assert news(kari) == []
    comments(jonas, number)
    assert news(kari) == ["Nytt: 1 ny kommentar"]


def test_what_stood_there_when_one_commented_is_no_news(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    own, other = kari.has_idea(), jonas.has_idea("Benker langs kaia i sør")
    kari.posts(f"/havnvik/contributions/{other}/support", wanted="yes")
    for number in (own, other):
        comments(jonas, number)
        moved(app, number, "under_review")
    assert len(news(kari)) == 2
    comments(kari, own)
    assert len(news(kari)) == 1
    comments(kari, other)
    assert news(kari) == []
    comments(jonas, own)
    assert news(kari) == ["Nytt: 1 ny kommentar"]


def test_what_one_has_answered_oneself_is_no_news(app: Flask) -> None:
    ingrid = Visitor(app, "ingrid")
    number = ingrid.has_idea()
    assert _answer(ingrid, number) == 303
    assert news(ingrid) == []


def test_what_is_hidden_makes_no_news(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    number = kari.has_idea()
    comments(jonas, number)
    page = jonas.gets("/me").get_data(as_text=True)
    comment = re.search(r"#comment-(\d+)", page)
    assert comment
    removed = jonas.posts(f"/havnvik/comments/{comment[1]}/deletion")
    assert removed.status_code == 303
    assert news(kari) == []


def test_a_draft_is_continued_or_deleted_from_there(app: Flask) -> None:
    kari = Visitor(app, "kari")
    fields = {"kind": "idea", "title": "Lys på gangveien", "body": "Det er mørkt der."}
    assert kari.posts(f"/havnvik/drafts/{KEY}", **fields).status_code == 200
    page = kari.gets("/me").get_data(as_text=True)
    assert "Kladder" in page
    assert "Lys på gangveien" in page
    assert f'href="/havnvik/ideas/new?draft={KEY}"' in page
    (action,) = re.findall(r'action="(/havnvik/drafts/[^"]+)"', page)
    gone = kari.posts(action, kind="idea", next="/me?town=havnvik")
    assert (gone.status_code, gone.location) == (303, "/me?town=havnvik")
    assert "Lys på gangveien" not in kari.gets("/me").get_data(as_text=True)
    assert (
        kari.posts(action, kind="idea", next="//elsewhere.example").location
        != "//elsewhere.example"
    )


def test_much_costs_no_more_statements_than_little(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    first = kari.has_idea()
    kari.gets("/me")
    with counted(app) as few:
        kari.gets("/me")
    comments(jonas, first)
    for title in ("Benker langs kaia i sør", "Badetrapp ved brygga i nord", "Sykkelvei til skolen"):
        comments(jonas, kari.has_idea(title))
    with counted(app) as many:
        kari.gets("/me")
    assert len(many) == len(few)
    assert not [each for each in many if each.startswith(("UPDATE", "INSERT"))]
