"""A town in full work where all that is private sings: each secret is a word that is found."""

from __future__ import annotations

from flask import Flask

from tests.comments.said import comments
from tests.facilitation.holding import does, drives, held, joins
from tests.people import PEOPLE, Visitor
from tests.workshops.planning import announced, planned, signs_up

# What nobody else may ever read, wherever it stands. Addresses belong to their owner and to the
# administrators of their town; the rest, in this town, to those who wrote it and to its staff.
SECRETS = (
    "kanarikladd",  # a draft
    "kanariskjult",  # an idea that was hidden
    "kanariuvarslet",  # a workshop that is not announced
    "kanarilapp",  # a card that is not revealed
    "kanariholdt",  # a card that is held back
    "kanarigjemt",  # a card that was shown and then hidden
    "kanarigrunn",  # why it was
    "kanarinavn",  # what somebody in a pseudonymous room calls themselves
    "kanarikollega",  # whom a town has asked to work for it
    "kanarihjelper",  # whom a leader has asked to help
    "Jonas Berg",  # who does nothing but support, sign up and take part
)
GONE = ("kanarislettet",)  # a comment that was deleted: nobody reads it any more
ADDRESSES = tuple(f"{key}@example.no" for key in PEOPLE)


def sing(app: Flask) -> None:
    """Fill Havnvik with secrets of every kind."""
    _write(app)
    _work(app)
    _plan(app)
    _hold(app)


def _write(app: Flask) -> None:
    kari, jonas = Visitor(app, "kari"), Visitor(app, "jonas")
    idea = kari.has_idea()
    kari.posts(f"/havnvik/drafts/{'d' * 32}", kind="idea", title="kanarikladd", body="kanarikladd")
    comment = comments(kari, idea, "kanarislettet")
    deleted = kari.posts(f"/havnvik/comments/{comment}/deletion")
    supported = jonas.posts(f"/havnvik/contributions/{idea}/support", wanted="yes")
    assert (deleted.status_code, supported.status_code) == (303, 303)


def _work(app: Flask) -> None:
    kari, ingrid, hanne = (Visitor(app, who) for who in ("kari", "ingrid", "hanne"))
    hidden = kari.has_idea("kanariskjult", body="kanariskjult står det i teksten også.")
    answers = (
        ingrid.posts(
            f"/havnvik/contributions/{hidden}/hiding", reason="Nevner en person.", wanted="yes"
        ),
        hanne.posts(
            "/havnvik/members/invitations", email="kanarikollega@example.no", role="moderator"
        ),
    )
    assert [answer.status_code for answer in answers] == [303, 303]


def _plan(app: Flask) -> None:
    fatima, jonas = Visitor(app, "fatima"), Visitor(app, "jonas")
    planned(fatima, title="kanariuvarslet", purpose="kanariuvarslet")
    number = announced(fatima)
    asked = fatima.posts(
        f"/havnvik/workshops/{number}/helper-invitations", email="kanarihjelper@example.no"
    )
    assert (signs_up(jonas, number).status_code, asked.status_code) == (303, 303)


def _hold(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = held(fatima, (("brainstorm", "Hva mangler i sentrum?"),))
    guests = [joins(app, number, key, name="kanarinavn") for key in (None, "jonas")]
    drives(fatima, number, "next")
    for card, (word, do) in enumerate((("kanarigjemt", "hide"), ("kanariholdt", "hold")), start=1):
        assert does(guests[0], number, "write", body=word).status_code == 303
        orders = (("reveal", {}), (do, {"card": str(card), "reason": "kanarigrunn"}))
        for order, fields in (*orders, ("conceal", {})):
            assert drives(fatima, number, order, **fields).status_code == 303
    for guest in guests:
        assert does(guest, number, "write", body="kanarilapp").status_code == 303
