"""A town in full work where all that is private sings: each secret is a word that is found."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from flask import Flask
from sqlalchemy import func, select

from smartby.accounts.models import HeldText, MailedLink, User, UserSession
from smartby.ballots.models import Ballot
from smartby.core.mail import mail_folder, send_waiting
from smartby.core.models import Idempotency
from smartby.extensions import db
from smartby.facilitation.models import Card, Participant, Run
from smartby.municipalities.models import Invitation
from smartby.outcomes.letters import write_to_contributors
from smartby.workshops.letters import write_letters
from tests.comments.said import comments
from tests.facilitation.holding import does, drives, held, joins
from tests.outcomes.harvesting import announce, closes, harvests, keys, written
from tests.people import PASSWORD, PEOPLE, Visitor
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
# What opens something, or tells whose something is, as it is stored: nobody ever reads that.
STORED = (
    User.password_hash, UserSession.token_hash, MailedLink.token_hash, HeldText.token_hash,
    Invitation.token_hash, Participant.secret_hash, Participant.return_hash, Run.secret,
    Card.author, Ballot.voter, Idempotency.fingerprint,
)  # fmt: skip
SHORTEST = 16  # characters: what is shorter is no key, but "p:7"
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


def remember(app: Flask) -> None:
    """Hold and close a strictly anonymous workshop too: its minutes are there for everybody."""
    fatima = Visitor(app, "fatima")
    number = written(app, fatima, anonymity="strict")
    guest = joins(app, number)
    for word, do in (("kanarigjemt", "hide"), ("kanariholdt", "hold")):
        assert does(guest, number, "write", body=word).status_code == 303
        with app.app_context():
            card = db.session.scalar(select(func.max(Card.id)))
        assert drives(fatima, number, do, card=card, reason="kanarigrunn").status_code == 303
    announce(app, number)
    closes(fatima, number)
    assert harvests(fatima, number, keys(fatima, number)[0]).status_code == 303


def correspond(app: Flask) -> list[EmailMessage]:
    """Let mails go out that tell somebody what they or others have done; return all of them."""
    kari, fatima, nobody = Visitor(app, "kari"), Visitor(app, "fatima"), Visitor(app)
    changed = "en annen setning om fjellet"
    posts = (
        nobody.posts("/sign-in/forgotten", email="jonas@example.no"),
        nobody.posts("/sign-in/forgotten", email="finnes.ikke@example.no"),
        kari.posts("/me/email", email="sunniva@example.no", current=PASSWORD),
        kari.posts("/me/email", email="kari.ny@example.no", current=PASSWORD),
        kari.posts("/me/password", current=PASSWORD, password=changed),
        fatima.posts("/havnvik/workshops/2/cancellation", reason="Salen er stengt."),
    )
    assert [answer.status_code for answer in posts] == [303] * len(posts)
    with app.app_context():
        for path in mail_folder().glob("*.eml"):
            path.unlink()
        write_letters()
        write_to_contributors()
        send_waiting()
        files = [path.read_bytes() for path in sorted(mail_folder().glob("*.eml"))]
    return [message_from_bytes(content, policy=default) for content in files]


def stored(app: Flask) -> list[str]:
    """Return what is stored of all that opens something or tells whose something is."""
    with app.app_context():
        found = {value for column in STORED for value in db.session.scalars(select(column))}
    return sorted(value for value in found if value and len(value) >= SHORTEST)


def screens(app: Flask) -> list[str]:
    """Return what opens the projectors' views, which those who lead hand out."""
    with app.app_context():
        return list(db.session.scalars(select(Run.screen_key)))
