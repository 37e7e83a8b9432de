"""The list of ideas: what its filters find, in which order, page by page, and how it stays true."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import text

from smartby.core.pump import pump
from smartby.extensions import db, socketio
from tests.contributions import writing
from tests.people import ORIGIN, Visitor
from tests.statements import counted

ANONYMOUS, SIGNED_IN = 5, 7
STAGE = text(
    "SELECT s.id FROM stage s JOIN municipality m ON m.id = s.municipality_id"
    " WHERE m.slug = 'havnvik' AND s.key = 'received'"
)


def page(
    app: Flask, query: str = "", *, key: str | None = None, path: str = "/havnvik/ideas"
) -> str:
    answer = Visitor(app, key).gets(f"{path}?{query}")
    assert answer.status_code == 200, (query, answer.status_code)
    return answer.get_data(as_text=True)


def numbers(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="card-(\d+)"', html)]


def heading(html: str) -> str:
    found = re.search(r'<h2 class="sb-num"><strong>([^<]+)</strong>', html)
    assert found
    return found[1].replace("\xa0", " ")


def link(html: str, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', html)
    return found[1].replace("&amp;", "&") if found else ""


def test_an_empty_town_asks_for_the_first_idea(app: Flask) -> None:
    html = page(app)
    assert "Ingen ideer her ennå. Skriv den første." in html
    assert "/havnvik/ideas/new" in html


def test_each_order_puts_the_right_idea_first(app: Flask) -> None:
    supported = writing.idea(app, "Lys på gangveien i Lia")
    discussed = writing.idea(app, "Benker langs sjøen i vest")
    newest = writing.idea(app, "Nattbuss hver fredag kveld")
    writing.supported(app, supported, "jonas", "sunniva", "amir")
    writing.commented(app, discussed, 2)
    first = {order: numbers(page(app, f"sort={order}"))[0] for order in ("newest", "supported")}
    assert first == {"newest": newest, "supported": supported}
    assert numbers(page(app, "sort=discussed"))[0] == discussed
    assert numbers(page(app, "sort=trending")) == [discussed, supported, newest]
    assert numbers(page(app)) == numbers(page(app, "sort=trending"))


def test_filters_find_what_they_say_and_count_it(app: Flask) -> None:
    asked = writing.challenge(app, "Hvor mangler det lys?")
    a = writing.idea(app, "Lys på gangveien i Lia", principles=(1, 3), goals=(11,), challenge=asked)
    b = writing.idea(app, "Benker langs sjøen i vest", principles=(3,), goals=(3, 11))
    c = writing.idea(app, "Nattbuss hver fredag kveld", principles=(5,))
    writing.moved(app, b, "under_review")
    found = {
        "principle=1": [a],
        "principle=3": [b, a],
        "principle=1&principle=5": [c, a],
        "goal=11": [b, a],
        "goal=3&principle=3": [b],
        "goal=4": [],
        "stage=under_review": [b],
        "stage=received": [c, a],
        "stage=received&stage=under_review": [c, b, a],
        "stage=received&principle=3": [a],
        f"challenge={asked}": [a],
        f"challenge={asked}&stage=under_review": [],
        f"challenge={asked}&stage=received&principle=1&goal=11": [a],
    }
    for query, expected in found.items():
        html = page(app, f"{query}&sort=newest")
        assert numbers(html) == expected, query
        noun = "idé" if len(expected) == 1 else "ideer"
        assert heading(html) == f"{len(expected)} {noun}", query
    assert "Ingen ideer passer med alt du har valgt." in page(app, "goal=4")
    html = page(app)
    assert re.search(r'value="3"><span id="p3">.*?</span><span>2<', html, re.DOTALL)


def test_a_filter_can_be_let_go_alone(app: Flask) -> None:
    writing.idea(app, "Lys på gangveien i Lia", principles=(1, 3))
    html = page(app, "principle=1&principle=3&stage=received&sort=newest&q=lys")
    chips = re.findall(r'class="ds-chip" data-removable="true" href="([^"]+)"', html)
    assert len(chips) == 4
    assert "/havnvik/ideas?sort=newest&amp;stage=received&amp;principle=1&amp;principle=3" in chips
    assert "/havnvik/ideas?q=lys&amp;sort=newest&amp;principle=1&amp;principle=3" in chips
    assert "/havnvik/ideas?q=lys&amp;sort=newest&amp;stage=received&amp;principle=3" in chips
    assert 'name="principle" value="1" checked' in html


def walked(app: Flask, query: str, rel: str) -> list[list[int]]:
    """Follow the links to the end; return the ideas of each page."""
    path, found = f"/havnvik/ideas?{query}", []
    while path:
        html = page(app, path.partition("?")[2])
        found.append(numbers(html))
        path = link(html, rel)
    return found


def many(app: Flask) -> int:
    """Publish 45 ideas that answer a challenge, a few of them supported; return the challenge."""
    asked = writing.challenge(app, "Hvor mangler det lys?")
    for n in range(45):
        number = writing.idea(app, f"Lys på gangvei nummer {n}", challenge=asked)
        if n % 3 == 0:
            writing.supported(app, number, *("jonas", "amir")[: 1 + n % 2])
    return asked


def test_pages_hold_each_idea_once_there_and_back(app: Flask) -> None:
    asked = many(app)
    for scope in ("", "stage=received", "principle=1", f"challenge={asked}", "q=gangvei"):
        for order in ("newest", "supported", "discussed", "trending"):
            query = f"sort={order}&{scope}"
            there = walked(app, query, "next")
            assert [len(each) for each in there] == [20, 20, 5], query
            assert len({number for each in there for number in each}) == 45, query
            first = page(app, query)
            second = page(app, link(first, "next").partition("?")[2])
            third = page(app, link(second, "next").partition("?")[2])
            back = walked(app, link(third, "prev").partition("?")[2], "prev")
            assert back == [there[1], there[0]], query


def test_nothing_is_missed_or_doubled_when_others_publish_meanwhile(app: Flask) -> None:
    asked = many(app)
    first = page(app, "sort=newest")
    for n in range(3):
        writing.idea(app, f"Kom mens noen leste {n}", challenge=asked)
    rest = walked(app, link(first, "next").partition("?")[2], "next")
    everything = numbers(first) + [number for each in rest for number in each]
    assert len(everything) == 45
    assert all(a > b for a, b in pairwise(everything))
    second = page(app, link(first, "next").partition("?")[2])
    again = page(app, link(second, "prev").partition("?")[2])
    assert numbers(again) == numbers(first)
    assert link(again, "prev")  # to the three that came


def test_what_is_hidden_withdrawn_or_elsewhere_is_in_no_list_search_or_count(app: Flask) -> None:
    kept = writing.idea(app, "Lys på gangveien i Lia")
    gone = [writing.idea(app, f"Kanarifugl i bur nummer {n}", goals=(11,)) for n in range(2)]
    writing.hidden(app, gone[0])
    writing.withdrawn(app, gone[1])
    writing.idea(app, "Kanarifugl i ein annan kommune", slug="fjordvang")
    queries = ["", "goal=11", "q=kanarifugl", "q=kanarifug", "q=lys+kanarifugl"]
    queries += [f"sort={order}" for order in ("newest", "supported", "discussed", "trending")]
    for query in queries:
        for key in (None, "olav"):
            html = page(app, query, key=key)
            assert not {*gone} & {*numbers(html)}, query
            assert "Kanarifugl" not in html, query
            assert "Viser treff for" not in html, query
    assert heading(page(app)) == "1 idé"
    assert numbers(page(app)) == [kept]
    writing.hidden(app, gone[0], back=True)
    assert numbers(page(app, "q=kanarifugl")) == [gone[0]]
    assert heading(page(app, "goal=11")) == "1 idé"


def test_own_support_is_pressed_on_the_cards(app: Flask) -> None:
    number = writing.idea(app, "Lys på gangveien i Lia")
    writing.supported(app, number, "jonas")
    pressed = re.compile(r'aria-pressed="(\w+)" data-press="supports-')
    assert pressed.findall(page(app, key="jonas")) == ["true"]
    assert pressed.findall(page(app, key="amir")) == ["false"]
    assert pressed.findall(page(app)) == ["false"]


def test_a_press_on_a_card_leads_back_to_the_same_list(app: Flask) -> None:
    number, jonas = writing.idea(app, "Lys på gangveien i Lia"), Visitor(app, "jonas")
    html = jonas.gets("/havnvik/ideas?principle=1").get_data(as_text=True)
    assert f'formaction="/havnvik/contributions/{number}/support"' in html
    answer = jonas.posts(
        f"/havnvik/contributions/{number}/support", wanted="yes", next="/havnvik/ideas?principle=1"
    )
    assert answer.status_code == 303
    assert answer.location == "/havnvik/ideas?principle=1"


@pytest.mark.parametrize(
    "query",
    [
        "sort=;DROP TABLE", "sort=hidden_at", "limit=1000000000000", "principle=99", "principle=x",
        "principle=-1", "goal=18", "goal=0", "challenge=-1", "challenge=99999999999999999999",
        "challenge=1", "stage=nowhere", "after=AAAA", "after=AAAA.BBBB", "before=x.y", "q=%00",
        "q=" + "a" * 201, "principle=²", "&".join(["principle=1"] * 30),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused_in_words(app: Flask, query: str) -> None:
    for path in ("/havnvik/ideas", "/havnvik/challenges"):
        answer = Visitor(app).gets(f"{path}?{query}")
        if path.endswith("ideas"):
            assert 400 <= answer.status_code < 500, query
        assert answer.status_code < 500, query


def test_another_towns_or_a_hidden_challenge_is_not_found(app: Flask) -> None:
    other = writing.challenge(app, "Kva med bussen?", slug="fjordvang")
    hidden = writing.challenge(app, "Hvor mangler det lys?")
    writing.hidden(app, hidden)
    idea = writing.idea(app, "Lys på gangveien i Lia")
    for number in (other, hidden, idea, 9_999):
        assert Visitor(app).gets(f"/havnvik/ideas?challenge={number}").status_code == 404


def test_a_cursor_that_was_changed_by_hand_is_refused(app: Flask) -> None:
    for n in range(21):
        writing.idea(app, f"Lys på gangvei nummer {n}")
    following = link(page(app, "sort=newest"), "next")
    assert Visitor(app).gets(following).status_code == 200
    value, _, signature = following.rpartition(".")
    for wrong in (f"{value[:-3]}AAA.{signature}", f"{value}.{signature[:-1]}", value, f"{value}.é"):
        assert Visitor(app).gets(wrong).status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "", "sort=newest", "stage=received", "stage=received&stage=parked&principle=1", "goal=11",
        "q=lys", "q=belyssning", "q=romskip", "q=gangvie&principle=1&stage=received",
        "principle=1&goal=11&sort=supported",
    ],
)  # fmt: skip
def test_statements_are_few_and_the_same_for_little_and_much(app: Flask, query: str) -> None:
    writing.idea(app, "Lys på gangveien i Lia", goals=(11,))
    jonas, nobody = Visitor(app, "jonas"), Visitor(app)
    path, spent = f"/havnvik/ideas?{query}", []
    for more in (0, 24):
        for n in range(more):
            writing.idea(app, f"Lys på gangvei nummer {n}", goals=(11,))
        for visitor in (nobody, jonas):
            visitor.gets(path)
            with counted(app) as sent:
                assert visitor.gets(path).status_code == 200
            spent.append(len(sent))
    assert spent[0] == spent[2] <= ANONYMOUS, spent
    assert spent[1] == spent[3] <= SIGNED_IN, spent


def test_new_ideas_wait_behind_a_pill_on_lists_that_they_belong_in(app: Flask) -> None:
    with app.app_context():
        here, received = writing.town().id, db.session.execute(STAGE).scalar_one()
    html = page(app, "principle=3&stage=received")
    assert f'data-streams="town:{here}@0"' in html
    assert 'data-waiting="new-ideas"' in html
    assert f'data-fits="stage:{received} principle:3"' in html
    assert "/havnvik/ideas?stage=received&amp;principle=3&amp;sort=newest" in html
    reader = Visitor(app)
    socket = socketio.test_client(app, flask_test_client=reader.client, headers={"Origin": ORIGIN})
    socket.emit("follow", {"streams": [f"town:{here}"], "lang": "nb"}, callback=True)
    number = Visitor(app, "kari").has_idea(principles=["3"])
    with app.app_context():
        pump.drain()
    batches = [m["args"][0] for m in socket.get_received() if m["name"] == "batch"]
    [op] = [op for batch in batches for op in batch["ops"]]
    assert (op["op"], op["target"], op["value"]) == ("waiting", "new-ideas", str(number))
    assert {f"stage:{received}", "principle:3"} <= set(op["tags"])
    assert f'data-streams="town:{here}@1"' in page(app)
    assert 'data-waiting="new-ideas"' not in page(app, "q=lys")  # no page can tell whether it fits


def test_whoever_is_signed_in_follows_their_own_support_too(app: Flask) -> None:
    assert re.search(r'data-streams="town:\d+@\d+ person:\d+@\d+"', page(app, key="jonas"))
