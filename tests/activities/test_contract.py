"""What every kind of activity keeps: it can be drawn, held and exported, whatever comes."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup

import smartby.activities
from smartby.ballots.voting import Voting
from smartby.extensions import db
from smartby.facilitation.models import Participant
from smartby.facilitation.play import Play
from smartby.workshops.kinds import kind_of, kinds
from tests.activities.voting import drives, guests, last_step, runs, stored, votes, voting
from tests.facilitation.holding import does, sees
from tests.people import Visitor

assert smartby.activities
KINDS = [kind.key for kind in kinds()]
BALLOTS = [kind.key for kind in kinds() if isinstance(kind, Voting)]
ON_PAPER = [kind.key for kind in kinds() if kind.on_paper]
LANGUAGES = ("nb", "nn", "en")
HOSTILE = (
    "", "option:1", "option:1=", "option:1=999", "option:1=-99", "option:1=1e3", "option:1=١",
    "option:99=1", "card:1=1", "option:1|option:1=1", "option:1|option:2|option:3=1",
    "option:1=1; DROP TABLE vote", "question:0=1", "blank=2", "<b>=1", "option:1~9", "ø:1=1",
    "option:1=1\n", "x" * 5000,
)  # fmt: skip


def play(key: str) -> Play:
    found = kind_of(key)
    assert isinstance(found, Play)
    return found


def first_mark(guest: Visitor, number: int) -> str:
    """Return what the first button says that can be pressed on somebody's ballot."""
    buttons = re.findall(r'<button[^>]*name="mark" value="([^"]+)"([^>]*)>', sees(guest, number))
    return next(value for value, rest in buttons if "disabled" not in rest and "blank" not in value)


def says(app: Flask, number: int) -> Any:
    """Return all that an activity gives away: what may be seen, the table, what came out of it."""
    with app.app_context():
        step = last_step(number)
        kind = play(step.kind)
        return kind.rows(step), kind.harvest(step)


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_has_a_name_a_picture_and_four_views_in_every_language(
    app: Flask, key: str
) -> None:
    _fatima, number = voting(app, key)
    guests(app, number, 1)
    kind = play(key)
    for lang in LANGUAGES:
        with app.test_request_context("/havnvik"), force_locale(lang):
            step, run = last_step(number), runs(number)
            someone = db.session.scalars(db.select(Participant)).first()
            drawn = [kind.stage(run, step), kind.screen(run, step), kind.console(run, step)]
            drawn += [kind.drive(run, step), *(kind.own(run, step, who) for who in (None, someone))]
            assert str(kind.name) and str(kind.purpose).endswith(".")
            module: Any = app.jinja_env.get_template("shared/icons.html").module
        assert all(isinstance(view, Markup) for view in drawn)
        assert all(f'id="own-{number}"' in view for view in drawn[-2:])
        assert kind.icon in module.drawings


@pytest.mark.parametrize("key", KINDS)
def test_nothing_said_can_be_shown_and_what_is_unknown_is_refused(app: Flask, key: str) -> None:
    fatima, number = voting(app, key)
    guest = guests(app, number, 1)[0]
    assert does(guest, number, "dance").status_code == 422
    assert does(guest, number, "reveal").status_code == 422
    if key in BALLOTS:
        assert drives(fatima, number, "reveal").status_code == 303
    for page, who in (("room", guest), ("console", fatima), ("screen", fatima)):
        assert sees(who, number, page)
    rows, _harvest = says(app, number)
    assert len({len(row) for row in rows}) <= 1


@pytest.mark.parametrize("key", BALLOTS)
def test_what_is_hostile_or_late_leaves_nothing_and_twice_is_once(app: Flask, key: str) -> None:
    fatima, number = voting(app, key)
    guest, late, *others = guests(app, number, 4)
    for turn, mark in enumerate(HOSTILE):  # by turns: whoever is faster than people is slowed down
        assert votes(others[turn % 2], number, mark).status_code == 422, mark
    assert stored(app, number)[1:] == ([], [])
    marks = [first_mark(who, number) for who in (guest, late)]
    for sent in ({}, {}, {"key": "k" * 32}, {"key": "k" * 32}):
        assert votes(guest, number, marks[0], **sent).status_code == 303
    assert [len(found) for found in stored(app, number)] == [1, 1, 1]
    assert drives(fatima, number, "close").status_code == 303
    refused = votes(late, number, marks[1])
    assert refused.status_code == 409 and "Runden er lukket" in refused.get_data(as_text=True)
    assert votes(guest, number, "blank=1").status_code == 409
    assert [len(found) for found in stored(app, number)] == [1, 1, 1]


@pytest.mark.parametrize("key", BALLOTS)
def test_somebody_made_up_can_vote_and_says_the_same_twice(app: Flask, key: str) -> None:
    _fatima, number = voting(app, key)
    someone = guests(app, number, 1)[0]
    for _time in range(2):
        with app.app_context():
            run, step = runs(number), last_step(number)
            pressed = [fields["card"] for _name, fields in play(key).simulate(run, step, 3)]
        assert pressed and {votes(someone, number, mark).status_code for mark in pressed} == {303}


@pytest.mark.parametrize("key", BALLOTS)
def test_a_result_is_told_with_turnout_spread_and_tie_rule(app: Flask, key: str) -> None:
    fatima, number = voting(app, key)
    people = guests(app, number, 6)
    for guest in people[:5]:
        assert votes(guest, number, first_mark(guest, number)).status_code == 303
    assert votes(people[4], number, "blank=1").status_code == 303
    assert "Du har stemt blankt" in sees(people[4], number)
    _rounds, ballots, said = stored(app, number)
    blank = {ballot.voter for ballot in ballots if ballot.abstained}
    assert len(blank) == 1 and not blank & {vote.voter for vote in said}
    assert says(app, number) == ([], [])  # a blind round that is open tells nothing
    drives(fatima, number, "reveal")
    rows, harvest = says(app, number)
    assert (rows, harvest) == says(app, number)
    assert len(rows) > 2 and len({len(row) for row in rows}) == 1
    assert all(item.title and isinstance(item.votes, int) for item in harvest)
    for page, who in (("room", people[0]), ("console", fatima), ("screen", fatima)):
        shown = re.sub(r"\s+", " ", sees(who, number, page))
        assert "5 av 6 har stemt, 1 av dem blankt." in shown
        # One thing alone shares its place with nothing.
        assert ("delt plass" in shown) is (key != "fist")
        assert "sb-spread" not in shown  # four are too few to show how the votes were spread
    # How far apart people are is no sense to ask of dots and yeses; and what all put in the middle
    # wins half of its comparisons, as what half put first does.
    told = "Spredningen vises når minst 5 har stemt." in sees(people[0], number)
    assert told is (key not in ("dots", "approval", "poll", "pairwise"))


@pytest.mark.parametrize("key", ON_PAPER)
def test_what_is_counted_on_paper_can_be_printed_typed_in_shown_and_is_told(
    app: Flask, key: str
) -> None:
    fatima, number = voting(app, key)
    base = f"/havnvik/workshops/{number}"
    with app.app_context():
        step = last_step(number).id
    slip = fatima.gets(f"{base}/programme/{step}/ballots").get_data(as_text=True)
    assert "sb-ballotslip__items" in slip
    # The empty sheet is read as it stands: nobody said anything.
    page = sees(fatima, number, "paper-ballots")
    found = re.search(r'<textarea[^>]*name="lines"[^>]*>\s*(.*?)</textarea>', page, re.S)
    assert found is not None
    sheet = html.unescape(found[1])
    sent = {"people": "5", "many": "5", "sure": "yes", "activity": str(step)}
    first, *others = (line for line in sheet.split("\n") if not line.startswith("Rekkefølge:"))
    with_first = [first, *(line for line in others if line.startswith(first.partition(",")[0]))]
    refused, taken = (
        fatima.posts(
            f"{base}/paper-ballots", **sent,
            lines="\n".join(line.removesuffix("0") + many for line in with_first),
        )
        for many in ("99", "5")
    )  # fmt: skip
    assert refused.status_code == 422 and "5 sedler kan gi høyst" in refused.text
    assert taken.status_code == 303
    drives(fatima, number, "reveal")
    for visitor, view in ((fatima, "console"), (fatima, "screen"), (guests(app, number, 1)[0], "")):
        shown = re.sub(r"\s+", " ", sees(visitor, number, view or "room"))
        assert "5 på papir." in shown and "5 av 5 har stemt" in shown
