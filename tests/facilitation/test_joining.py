"""From a code to a place in the room, without an account; coming back; and who is not let in."""

from __future__ import annotations

import re
from functools import partial

import pytest
from flask import Flask

from smartby.core.pump import pump
from smartby.core.transaction import transaction
from smartby.extensions import db
from smartby.facilitation.models import Participant
from smartby.facilitation.words import LETTERS, new_code, read_code
from smartby.workshops.models import Workshop
from tests.facilitation.holding import does, drives, held, joins, listens, run_of, sees, who
from tests.people import Visitor
from tests.races import at_once
from tests.workshops.planning import adds, planned, signs_up


def test_a_code_has_no_letters_that_are_mistaken_for_others() -> None:
    assert not set("0O1IL5S2Z8BUV") & set(LETTERS)
    code = new_code()
    assert read_code(f" {code[:3].lower()} {code[3:].lower()} ") == code
    assert read_code("K7M2PX!") is None and read_code("") is None


def test_doors_open_once_and_give_a_code(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    code = run_of(app, number).code
    assert fatima.posts(f"/havnvik/workshops/{number}/doors", sure="yes").status_code == 303
    assert run_of(app, number).code == code
    assert f"{code[:3]} {code[3:]}" in sees(fatima, number, "console")


def test_an_empty_programme_opens_no_doors(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = planned(fatima)
    answer = fatima.posts(f"/havnvik/workshops/{number}/doors", sure="yes")
    assert answer.location.endswith(f"/workshops/{number}/edit")
    page = fatima.gets(answer.location).get_data(as_text=True)
    assert "Legg til minst ett punkt" in page


@pytest.mark.parametrize("who_", [None, "kari", "ingrid", "olav", "gro"])
def test_only_those_who_lead_open_and_drive(app: Flask, who_: str | None) -> None:
    number = held(Visitor(app, "fatima"))
    other = Visitor(app, who_)
    for answer in (
        other.gets(f"/havnvik/workshops/{number}/console"),
        other.posts(f"/havnvik/workshops/{number}/console", do="next", rev="0"),
        other.posts(f"/havnvik/workshops/{number}/closing"),
        other.gets(f"/havnvik/workshops/{number}/room"),
        other.gets(f"/havnvik/workshops/{number}/screen"),
    ):
        assert answer.status_code == 404


def test_a_guest_joins_by_the_code_as_it_is_typed(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    code = run_of(app, number).code or ""
    guest = Visitor(app)
    found = guest.posts("/join", code=f"{code[:3].lower()} {code[3:]}")
    assert found.location == f"/j/{code}"
    door = guest.gets(found.location).get_data(as_text=True)
    assert "Hvem ser det du skriver?" in door and "brannstasjonen" in door
    answer = guest.posts(found.location)
    assert answer.location == f"/havnvik/workshops/{number}/room"
    assert "Du er med" in sees(guest, number)
    assert run_of(app, number).joined == 1


def test_whoever_is_in_is_led_to_the_room_and_counted_once(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    guest = joins(app, number)
    code = run_of(app, number).code
    assert guest.gets(f"/j/{code}").location == f"/havnvik/workshops/{number}/room"
    assert guest.posts(f"/j/{code}").status_code == 303
    assert run_of(app, number).joined == 1


def test_many_join_at_once_and_all_have_numbers_of_their_own(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    code, guests = run_of(app, number).code, [Visitor(app) for _turn in range(8)]
    assert at_once([partial(guest.posts, f"/j/{code}") for guest in guests]) == [303] * 8
    with app.app_context():
        numbers = db.session.scalars(db.select(Participant.number)).all()
    assert sorted(numbers) == list(range(1, 9))
    assert run_of(app, number).joined == 8


@pytest.mark.parametrize("typed", ["", "abc", "AAAAAA", "K7M 4P\x00", "<script>", "Å" * 6])
def test_a_wrong_code_is_told_and_kept(app: Flask, typed: str) -> None:
    held(Visitor(app, "fatima"))
    answer = Visitor(app).posts("/join", code=typed)
    assert answer.status_code == 422
    assert "<script>" not in answer.get_data(as_text=True)


def test_a_wrong_address_says_so(app: Flask) -> None:
    answer = Visitor(app).gets("/j/AAAAAA")
    assert answer.status_code == 404
    assert "Vi finner ikke noe verksted" in answer.get_data(as_text=True)


def test_wrong_codes_slow_down_and_right_ones_do_not(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    guest = Visitor(app)
    token = guest.token()
    statuses = {
        guest.posts("/join", code="AAAAAA", csrf_token=token).status_code for _ in range(31)
    }
    assert statuses == {422, 429}
    assert guest.posts(f"/j/{run_of(app, number).code}").status_code == 303


def test_four_words_bring_one_back_on_another_phone(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    guest = joins(app, number, name="Aud")
    page = sees(guest, number)
    words = page.split('sb-returnwords">')[1].split("<")[0]
    assert len(words.split()) == 4
    other = Visitor(app)
    path = f"/j/{run_of(app, number).code}/return"
    assert other.posts(path, words="feil ord her nå").status_code == 422
    assert other.posts(path, words=f"  {words.upper()} ").status_code == 303
    assert who(app, other, number).name == "Aud"
    assert run_of(app, number).joined == 1
    # The old phone is let go: two that write as one would be two.
    old = guest.gets(f"/havnvik/workshops/{number}/room")
    assert old.status_code == 404 and "Har du byttet telefon" in old.get_data(as_text=True)
    assert does(guest, number, "hand", wanted="yes").status_code == 404


def test_an_account_is_linked_only_when_asked(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    plain, linked = joins(app, number, "kari"), joins(app, number, "jonas", linked="y")
    assert who(app, plain, number).user_id is None
    assert who(app, linked, number).user_id is not None
    # Signed in elsewhere, the same person needs no code.
    assert Visitor(app, "jonas").gets(f"/havnvik/workshops/{number}/room").status_code == 200
    assert Visitor(app, "kari").gets(f"/havnvik/workshops/{number}/room").status_code == 404


def test_whoever_is_shown_out_stays_out_and_the_code_is_another(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest, other = joins(app, number), joins(app, number)
    code = run_of(app, number).code
    shown_out = who(app, guest, number).id
    assert drives(fatima, number, "kick", participant=str(shown_out)).status_code == 303
    run = run_of(app, number)
    assert run.joined == 1 and run.code != code
    assert guest.gets(f"/havnvik/workshops/{number}/room").status_code == 404
    assert other.gets(f"/havnvik/workshops/{number}/room").status_code == 200
    assert Visitor(app).gets(f"/j/{code}").status_code == 404


def test_the_socket_of_one_who_is_shown_out_is_cut(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    own = f"participant:{who(app, guest, number).id}"
    socket, _numbers = listens(app, guest, own, f"room:{number}")
    drives(fatima, number, "kick", participant=own.split(":")[1])
    with app.app_context():
        pump.drain()
    assert not socket.is_connected()
    for stream in (own, f"room:{number}"):
        assert guest.gets(f"/live/{stream}?after=0").status_code == 404


def test_joining_again_with_the_same_form_is_joining_once(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    door = f"/j/{run_of(app, number).code}"
    # The answer to the first was lost on its way: the browser has no cookie when it tries again.
    first, again = Visitor(app), Visitor(app)
    for visitor in (first, again):
        assert visitor.posts(door, key="f" * 32, name="Aud").status_code == 303
    assert who(app, first, number).id == who(app, again, number).id
    assert run_of(app, number).joined == 1
    other = joins(app, number, key="a" * 32)
    assert who(app, other, number).id != who(app, first, number).id


def test_a_made_up_secret_tells_nothing(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    stranger, answers = Visitor(app), []
    for each in (number, 4711):  # one that is there, and not announced; one that never was
        stranger.client.set_cookie(f"smartby-workshop-{each}", "x" * 43)
        answers.append(stranger.gets(f"/havnvik/workshops/{each}/room"))
        assert does_not_get_in(stranger, each)
    assert [answer.status_code for answer in answers] == [404, 404]
    pages = [answer.text.replace(str(4711), str(number)) for answer in answers]
    assert "brannstasjonen" not in pages[0]
    assert without_tokens(pages[0]) == without_tokens(pages[1])


def does_not_get_in(stranger: Visitor, number: int) -> bool:
    path = f"/havnvik/workshops/{number}"
    return (
        stranger.posts(f"{path}/room", do="hand").status_code
        == 404
        == stranger.gets(f"{path}/own").status_code
    )


def without_tokens(html: str) -> str:
    return re.sub(r'value="[^"]*"', "", html)


def test_the_socket_of_the_old_phone_is_cut(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    guest = joins(app, number)
    words = sees(guest, number).split('sb-returnwords">')[1].split("<")[0]
    socket, _numbers = listens(app, guest, "participant:1", f"room:{number}")
    Visitor(app).posts(f"/j/{run_of(app, number).code}/return", words=words)
    with app.app_context():
        pump.drain()
    assert not socket.is_connected()


def test_whoever_only_guesses_is_told_nothing_any_more(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    guest, code = Visitor(app), run_of(app, number).code
    for _turn in range(300):
        guest.gets("/j/AAAAAA")
    assert guest.gets(f"/j/{code}").status_code == 429


def test_what_no_text_can_hold_is_told(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    guest = joins(app, number)
    for _turn in range(2):
        drives(fatima, number, "next")
    assert does(guest, number, "write", body="a\0b").status_code == 422
    assert drives(fatima, number, "next", activity="1\0").status_code == 422


def test_nobody_acts_faster_than_people_do(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    guest, other = joins(app, number), joins(app, number)
    sent = {"wanted": "yes", "csrf_token": guest.token()}
    wishes = {does(guest, number, "hand", **sent).status_code for _ in range(22)}
    assert wishes == {303, 429}
    assert does(other, number, "hand", wanted="yes").status_code == 303


def test_a_run_of_another_town_is_not_found(app: Flask) -> None:
    number = held(Visitor(app, "fatima"))
    guest = joins(app, number)
    assert guest.gets(f"/fjordvang/workshops/{number}/room").status_code == 404


def test_the_projector_has_a_link_that_opens_nothing_else(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    key = run_of(app, number).screen_key
    projector = Visitor(app)
    assert projector.gets(f"/havnvik/workshops/{number}/screen/{'x' * 43}").status_code == 404
    assert projector.gets(f"/havnvik/workshops/{number}/screen/{key}").status_code == 303
    page = sees(projector, number, "screen")
    assert "Bli med fra telefonen" in page and "<svg" in page
    assert projector.gets(f"/havnvik/workshops/{number}/console").location.startswith("/sign-in")
    assert projector.gets(f"/havnvik/workshops/{number}/room").status_code == 404


@pytest.mark.parametrize(
    ("joining", "who_", "let_in"),
    [
        ("members", None, False), ("members", "kari", True),
        ("seated", None, False), ("seated", "kari", False),
    ],
)  # fmt: skip
def test_the_plan_says_who_may_join(
    app: Flask, joining: str, who_: str | None, let_in: bool
) -> None:
    number = held(Visitor(app, "fatima"), joining=joining)
    guest = Visitor(app, who_)
    code = run_of(app, number).code
    door = guest.gets(f"/j/{code}").get_data(as_text=True)
    assert (">Bli med<" in door) is let_in
    assert (guest.posts(f"/j/{code}").status_code == 303) is let_in
    assert run_of(app, number).joined == int(let_in)


def test_one_with_a_seat_joins_what_is_only_for_those_who_signed_up(app: Flask) -> None:
    fatima, kari = Visitor(app, "fatima"), Visitor(app, "kari")
    number = planned(fatima)
    adds(fatima, number, "Velkommen")
    fatima.posts(f"/havnvik/workshops/{number}/announcement")
    signs_up(kari, number)
    with app.app_context(), transaction():
        db.session.get_one(Workshop, number).joining = "seated"
    fatima.posts(f"/havnvik/workshops/{number}/doors", sure="yes")
    assert kari.posts(f"/j/{run_of(app, number).code}").status_code == 303
