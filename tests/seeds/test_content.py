"""The demo's words hang together: keys, people, places, lengths, and moves the graph allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from smartby.comments.models import STANCES
from smartby.core.markdown import plain
from smartby.pipeline import shipped
from smartby.pipeline.actions import SHORTEST_REASON
from smartby.seeds.content import Row, either, read

CONTENT = read()
TOWNS = {town["slug"]: town for town in CONTENT.towns}
PEOPLE = {person["key"]: person for person in CONTENT.people}
AUTHORS = {*PEOPLE, *CONTENT.residents}
WRITTEN = {row["key"]: row for row in (*CONTENT.challenges, *CONTENT.ideas)}
COMMENTS = {row["key"]: row for row in CONTENT.comments}
PIPELINE = shipped.read()
MOVES = {(move["from"], move["to"]): move for move in PIPELINE["moves"]}


def named(rows: list[Row]) -> Any:
    return pytest.mark.parametrize("row", rows, ids=[row["key"] for row in rows])


def roles(person: str, town: str) -> set[str]:
    return {role["role"] for role in PEOPLE[person]["roles"] if role["town"] == town}


def units(town: str) -> set[str]:
    return {unit["key"] for unit in TOWNS[town]["units"]}


def above(row: Row) -> Iterator[Row]:
    while row["parent"]:
        row = COMMENTS[row["parent"]]
        yield row


def test_every_key_is_used_once() -> None:
    keys = Counter(row["key"] for row in (*CONTENT.challenges, *CONTENT.ideas, *CONTENT.comments))
    assert [key for key, times in keys.items() if times > 1] == []
    titles = Counter(row["title"] for row in WRITTEN.values())
    assert [title for title, times in titles.items() if times > 1] == []


@named(list(WRITTEN.values()))
def test_what_is_published_could_have_come_through_the_form(row: Row) -> None:
    assert row["author"] in AUTHORS
    assert row["town"] in TOWNS
    assert 10 <= len(row["title"]) <= 120
    assert len(row["body"]) <= 5000
    assert len(row.get("place") or "") <= 80
    assert 1 <= len(set(row["principles"])) == len(row["principles"]) <= 3
    assert len(set(row["goals"])) == len(row["goals"]) <= 3
    assert set(row["principles"]) <= set(range(1, 9))
    assert set(row["goals"]) <= set(range(1, 18))


@named(CONTENT.challenges)
def test_a_challenge_is_asked_by_somebody_in_the_town(row: Row) -> None:
    assert 10 <= len(row["question"]) <= 200
    assert row["unit"] in units(row["town"])


@named(CONTENT.ideas)
def test_an_idea_is_short_and_answers_an_open_challenge(row: Row) -> None:
    assert 50 <= len(plain(row["body"], 5000).split()) <= 190
    assert 0 <= row["support"] <= 1
    if row["challenge"]:
        challenge = WRITTEN[row["challenge"]]
        closes = challenge["closes_in_days"]
        assert challenge["town"] == row["town"]
        assert challenge["opens_days_ago"] > row["days_ago"]
        assert closes is None or row["days_ago"] > -closes


@named(CONTENT.ideas)
def test_an_idea_moves_along_the_graph_in_order_and_with_reasons(row: Row) -> None:
    stage, before = PIPELINE["stages"][0]["key"], row["days_ago"]
    for step in row["path"]:
        move = MOVES[stage, step["to"]]
        assert {move.get("role", "moderator"), "administrator"} & roles(step["by"], row["town"])
        assert step["days_ago"] < before
        reason = either(step["reason"], row["lang"])
        assert len(reason) >= SHORTEST_REASON or not (reason or move.get("reason"))
        stage, before = step["to"], step["days_ago"]


@named([row for row in CONTENT.ideas if row["answers"]])
def test_an_answer_is_signed_by_a_unit_and_an_official(row: Row) -> None:
    for answer in row["answers"]:
        assert answer["unit"] in units(row["town"])
        assert roles(answer["by"], row["town"]) & {"moderator", "administrator"}
        assert answer["days_ago"] < row["days_ago"]
        assert answer["body"].strip()


@named(CONTENT.comments)
def test_a_comment_stands_in_its_thread(row: Row) -> None:
    assert row["author"] in AUTHORS
    assert 2 <= len(row["body"]) <= 3000
    assert 0 <= row["useful"] <= len(AUTHORS) - 1
    assert row["days_ago"] <= WRITTEN[row["contribution"]].get("days_ago", row["days_ago"])
    earlier = list(above(row))
    assert len(earlier) <= 2
    assert row["stance"] in (None, *(() if earlier else STANCES))
    for parent in earlier:
        assert parent["contribution"] == row["contribution"]
        assert parent["days_ago"] >= row["days_ago"]


def test_every_stage_and_every_principle_has_something_to_show() -> None:
    stages = {row["path"][-1]["to"] if row["path"] else "received" for row in CONTENT.ideas}
    assert stages == {stage["key"] for stage in PIPELINE["stages"]}
    assert {number for row in CONTENT.ideas for number in row["principles"]} == set(range(1, 9))
