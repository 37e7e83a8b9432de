"""Whoever takes part reads in their own language: the browser's, else the town's, else a choice."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from smartby.core.pump import pump
from smartby.extensions import socketio
from tests.facilitation.holding import drives, held, joins, run_of
from tests.outcomes.harvesting import announce, closes
from tests.people import ORIGIN, Visitor

DOORS = {
    "nn-NO,nn;q=0.9,no;q=0.8,en;q=0.5": ("nn", "Kven ser det du skriv?"),
    "en-GB,en;q=0.9": ("en", "Who sees what you write?"),
    "nb-NO,nb;q=0.9": ("nb", "Hvem ser det du skriver?"),
    "no": ("nb", "Hvem ser det du skriver?"),
    "uk,ru;q=0.5": ("nb", "Hvem ser det du skriver?"),
}


def asks(guest: Visitor, path: str, wish: str) -> str:
    answer = guest.gets(path, headers={"Accept-Language": wish})
    return str(answer.get_data(as_text=True))


@pytest.mark.parametrize("wish", DOORS)
def test_the_door_speaks_as_the_browser_wishes(app: Flask, wish: str) -> None:
    number = held(Visitor(app, "fatima"))
    page = asks(Visitor(app), f"/j/{run_of(app, number).code}", wish)
    lang, words = DOORS[wish]
    assert f'<html lang="{lang}"' in page and words in page


def test_a_browser_with_another_wish_gets_the_language_of_the_town(app: Flask) -> None:
    page = asks(Visitor(app), "/fjordvang/workshops/1/room", "uk")
    assert '<html lang="nn"' in page
    assert '<html lang="en"' in asks(Visitor(app), "/fjordvang/workshops/1/room", "en")
    assert '<html lang="nn"' in asks(Visitor(app), "/fjordvang/", "en")


def test_one_chooses_at_the_door_and_all_texts_follow(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    door = f"/j/{run_of(app, number).code}"
    guest = Visitor(app)
    assert 'name="language" value="nn"' in asks(guest, door, "en").partition("</main>")[0]
    assert guest.gets(f"/preferences?language=nn&next={door}").location == door
    assert "Kven ser det du skriv?" in asks(guest, door, "en")
    assert guest.posts(door).status_code == 303
    room = f"/havnvik/workshops/{number}/room"
    assert "Vent litt, så byrjar vi." in asks(guest, room, "en")
    drives(fatima, number, "next")
    drives(fatima, number, "next")
    own = json.loads(asks(guest, f"/havnvik/workshops/{number}/own", "en"))
    assert "Legg til lapp" in own["parts"]["own"] and "Eg er klar" in own["parts"]["ready"]
    guest.gets(f"/preferences?language=en&next={room}")
    assert "I am ready" in asks(guest, room, "nn")


@pytest.mark.parametrize("back", [False, True])
def test_the_language_of_the_door_follows_to_what_it_became(app: Flask, back: bool) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    announce(app, number)
    door = f"/j/{run_of(app, number).code}"
    guest, wish = Visitor(app), {"Accept-Language": "en-GB"}
    guest.gets(door, headers=wish)
    assert guest.posts(door, headers=wish).status_code == 303
    if back:  # the same on another phone
        words = re.search(r'sb-returnwords">([^<]+)', asks(guest, room_of(number), "en"))
        assert words is not None
        guest = Visitor(app)
        assert guest.posts(f"{door}/return", headers=wish, words=words[1]).status_code == 303
    closes(fatima, number)
    assert "Go to the workshop" in asks(guest, room_of(number), "en-GB")
    for page in ("", "/minutes"):
        assert '<html lang="en"' in asks(guest, f"/havnvik/workshops/{number}{page}", "en-GB")
    # What one has chosen stays so, and whoever only looks at the door is asked nothing.
    guest.gets("/preferences?language=nn&next=/")
    assert '<html lang="nn"' in asks(guest, f"/havnvik/workshops/{number}", "en-GB")
    stranger = Visitor(app)
    asks(stranger, "/join", "en-GB")
    assert '<html lang="nb"' in asks(stranger, f"/havnvik/workshops/{number}", "en-GB")


def test_who_reads_in_the_language_of_the_town_keeps_none(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    guest = joins(app, number)
    assert "I am ready" not in asks(guest, room_of(number), "nb")
    with guest.client.session_transaction() as session:
        assert "language" not in session


def room_of(number: int) -> str:
    return f"/havnvik/workshops/{number}/room"


def test_live_fragments_speak_the_language_of_the_page(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    socket = socketio.test_client(app, flask_test_client=guest.client, headers={"Origin": ORIGIN})
    socket.emit("follow", {"streams": [f"room:{number}"], "lang": "en"}, callback=True)
    drives(fatima, number, "next")
    drives(fatima, number, "next")
    with app.app_context():
        pump.drain()
    assert "I am ready" in json.dumps(socket.get_received())


def test_what_is_refused_is_refused_in_the_same_language(app: Flask) -> None:
    guest = Visitor(app)
    assert "We cannot find a workshop with this code" in asks(guest, "/j/AAAAAA", "en")
    number = held(Visitor(app, "fatima"))
    door = f"/j/{run_of(app, number).code}"
    answer = guest.posts(door, headers={"Accept-Language": "en"}, heads="99")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Enter a number between 1 and 20" in page
    # From here too one comes back to the door, and not to the town's front page.
    assert f'name="next" value="{door}"' in page.partition("</main>")[0]
