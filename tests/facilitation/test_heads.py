"""Devices that several share: what is claimed at the door is seen, confirmed or lowered."""

from __future__ import annotations

import pytest
from flask import Flask

from smartby.workshops.kinds import kind_of
from tests.activities.playing import harvested, heard, ids, on, taps, told
from tests.activities.voting import count_of, scores_of, votes, voting
from tests.facilitation.holding import does, drives, held, joins, listens, run_of, sees, who
from tests.people import Visitor


def test_a_claim_is_shown_to_those_who_lead_until_they_have_looked_at_it(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    joins(app, number)
    team = joins(app, number, heads="20")
    page = sees(fatima, number, "console")
    assert "1 enhet sier at de er flere, til sammen 20." in page
    person = who(app, team, number)
    assert "ikke sett over" in sees(fatima, number, "participants")
    sent = {"participant": str(person.id), f"heads-{person.id}": "3"}
    answer = drives(fatima, number, "heads", **sent)
    assert answer.status_code == 303 and answer.location.endswith("/participants")
    assert who(app, team, number).heads == 3 and run_of(app, number).joined == 4
    assert "sier at de er flere" not in sees(fatima, number, "console")
    page = sees(fatima, number, "participants")
    assert "3 om enheten" in page and "ikke sett over" not in page


def test_a_ballot_counts_as_many_as_those_who_lead_have_counted(app: Flask) -> None:
    fatima, number = voting(app, "approval")
    team, other = joins(app, number, heads="20"), joins(app, number)
    votes(team, number, "option:1=1")
    votes(other, number, "option:2=1")
    assert scores_of(app, number)["option:1"] == 20
    person = who(app, team, number)
    drives(fatima, number, "heads", participant=person.id, **{f"heads-{person.id}": "2"})
    assert scores_of(app, number)["option:1"] == 2
    assert count_of(app, number).turnout.voted == 3
    drives(fatima, number, "reveal")
    drives(fatima, number, "heads", participant=person.id, **{f"heads-{person.id}": "1"})
    assert scores_of(app, number)["option:1"] == 2  # what the room has seen stands
    assert kind_of("approval").key == "approval"


@pytest.mark.parametrize("anonymity", ["pseudonymous", "strict"])
def test_a_vote_on_a_question_counts_for_all_who_share_the_device(
    app: Flask, anonymity: str
) -> None:
    fatima, number = on(app, "questions", anonymity, against=True)
    team, other = joins(app, number, heads="4"), joins(app, number)
    for body in ("Når åpner huset?", "Hvem betaler for det?"):
        does(other, number, "write", body=body)
    first, second = ids(app).values()
    taps(team, number, "up", first)
    taps(team, number, "down", second)
    assert harvested(app, "questions")[1][1:] == [
        ["Når åpner huset?", 4, 0, ""],
        ["Hvem betaler for det?", 0, 4, ""],
    ]
    leads, _ = listens(app, fatima, f"room:{number}:staff")
    heard(app, leads)
    person = who(app, team, number)
    drives(fatima, number, "heads", participant=person.id, **{f"heads-{person.id}": "2"})
    assert [row[1:3] for row in harvested(app, "questions")[1][1:]] == [[2, 0], [0, 2]]
    assert f'data-live="up-{first}">2<' in told(heard(app, leads)).replace("\\", "")
    taps(team, number, "unvote", first)
    assert harvested(app, "questions")[0][0].votes == 0


def test_a_phone_says_that_it_answers_for_several(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    alone, team = joins(app, number), joins(app, number, heads="4")
    assert "teller for alle" not in sees(alone, number)
    assert "Dere er 4: det dere svarer, teller for alle." in sees(team, number)
    person = who(app, team, number)
    own, _ = listens(app, team, f"participant:{person.id}")
    drives(fatima, number, "heads", participant=person.id, **{f"heads-{person.id}": "3"})
    assert "Dere er 3: det dere svarer, teller for alle." in told(heard(app, own))


def test_heads_are_a_number_of_people_at_a_device_that_is_there(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    alone, team = (
        who(app, joins(app, number), number),
        who(app, joins(app, number, heads="4"), number),
    )
    for wrong in ("0", "21", "-1", "x", ""):
        sent = {"participant": str(team.id), f"heads-{team.id}": wrong}
        assert drives(fatima, number, "heads", **sent).status_code == 422
    sent = {"participant": str(alone.id), f"heads-{alone.id}": "9"}
    assert drives(fatima, number, "heads", **sent).status_code == 404
    drives(fatima, number, "kick", participant=str(team.id))
    sent = {"participant": str(team.id), f"heads-{team.id}": "2"}
    assert drives(fatima, number, "heads", **sent).status_code == 404
    assert run_of(app, number).joined == 1


def test_a_workshop_is_not_flooded_and_those_who_are_in_come_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "JOIN_RATE", "5/10 minutes")
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guests = [joins(app, number) for _turn in range(5)]
    door = f"/j/{run_of(app, number).code}"
    answer = Visitor(app).posts(door)
    assert answer.status_code == 429 and run_of(app, number).joined == 5
    assert guests[0].posts(door).status_code == 303
    other = held(fatima)  # each workshop has its own
    joins(app, other)
