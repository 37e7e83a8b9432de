"""Where an online workshop is seen and heard: https only, and for those who take part."""

from __future__ import annotations

import pytest
from flask import Flask

from smartby.core.mail import Mail
from smartby.extensions import db
from smartby.workshops.letters import write_letters
from smartby.workshops.models import Workshop
from tests.facilitation.holding import joins, run_of, sees
from tests.people import Visitor
from tests.workshops.planning import announced, plan, planned, signs_up, stored

LINK = "https://video.example.no/rom/123?pwd=a&b=c"
SHOWN = "https://video.example.no/rom/123?pwd=a&amp;b=c"
BAD = (
    "http://video.example.no/rom", "javascript:alert(1)", "//video.example.no", "video.example.no",
    "https://", "https://kari:passord@video.example.no/", "https://localhost/x", "https://a b.no/",
    'https://video.example.no/"onclick=x', "https://video.example.no:x/", "https://[::1",
    "https://video.example.no/" + "x" * 500, "https://e.no/\u202e", "data:text/html,x",
)  # fmt: skip


@pytest.mark.parametrize("link", BAD[:-2] + BAD[-1:])
def test_only_a_whole_https_address_is_taken(app: Flask, link: str) -> None:
    fatima = Visitor(app, "fatima")
    answer = fatima.posts("/havnvik/workshops", **plan(meets="online", video=link))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Den begynner med «https://»." in page or "høyst 500 tegn" in page


def test_it_is_shown_at_the_door_and_in_the_room(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima, meets="both", video=LINK)
    fatima.posts(f"/havnvik/workshops/{number}/doors", sure="yes")
    door = Visitor(app).gets(f"/j/{run_of(app, number).code}").get_data(as_text=True)
    assert f'href="{SHOWN}"' in door and 'rel="noopener noreferrer"' in door
    # Whoever is in the room needs no picture of it.
    assert SHOWN in sees(joins(app, number, at_home="y"), number)
    assert SHOWN not in sees(joins(app, number), number)


def test_strangers_do_not_find_it(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = announced(fatima, meets="online", video=LINK)
    path = f"/havnvik/workshops/{number}"
    assert SHOWN not in Visitor(app).gets(path).get_data(as_text=True)
    for page in (path, f"{path}.ics"):
        assert LINK not in Visitor(app).gets(page).get_data(as_text=True)
    assert SHOWN not in kari.gets(path).get_data(as_text=True)
    signs_up(kari, number)
    assert SHOWN in kari.gets(path).get_data(as_text=True)
    assert SHOWN in fatima.gets(path).get_data(as_text=True)


def test_those_who_come_get_it_by_mail_also_when_it_changes(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = announced(fatima, meets="online")
    signs_up(kari, number)
    path = f"/havnvik/workshops/{number}"
    seen = str(stored(app, number).version)
    changed = fatima.posts(path, **plan(meets="online", video=LINK, seen=seen))
    assert changed.status_code == 303
    with app.app_context():
        write_letters()
        mail = db.session.scalars(
            db.select(Mail).where(Mail.to == "kari@example.no").order_by(Mail.id)
        ).all()[-1]
        assert f"Videomøtet er her: {LINK}" in mail.body


def test_a_meeting_in_one_place_has_none(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima, meets="place", video=LINK)
    assert stored(app, number).video_link == ""
    assert SHOWN not in fatima.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert SHOWN in fatima.gets(f"/havnvik/workshops/{number}/details").get_data(as_text=True)


def test_a_copy_meets_in_the_same_place(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima, meets="online", video=LINK)
    fatima.posts(f"/havnvik/workshops/{number}/copy")
    with app.app_context():
        assert {each.video for each in db.session.scalars(db.select(Workshop))} == {LINK}
