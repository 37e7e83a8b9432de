"""Nothing private is in anything that others can ask for: page, feed, export, search or stream."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from smartby.outcomes.typesetting import typeset
from tests.facilitation.holding import joins
from tests.leaks.canaries import (
    ADDRESSES,
    GONE,
    SECRETS,
    correspond,
    remember,
    screens,
    sing,
    stored,
)
from tests.leaks.crawling import everything
from tests.outcomes.harvesting import CARDS
from tests.people import Visitor

# Who looks, and whose addresses they may know: their own, and their colleagues' for whoever
# looks after the roles of a town.
LOOKERS: dict[str | None, tuple[str, ...]] = {
    None: (),
    "sunniva": ("sunniva",),  # a citizen
    "gro": ("gro", "olav"),  # the administrator of another town
}
# What a mail may say because its reader is it, or has typed it.
# Kari wrote what was hidden, and is told so.
KNOWN = {
    "jonas@example.no": ["Jonas Berg"],
    "kari@example.no": ["sunniva@example.no", "kanariskjult"],
}
TOKEN = re.compile(r"http://localhost/\S*/([\w-]{20,})")


@pytest.mark.parametrize("who", LOOKERS, ids=str)
def test_no_secret_is_told_to_others(app: Flask, who: str | None) -> None:
    sing(app)
    remember(app)
    own = {f"{key}@example.no" for key in LOOKERS[who]}
    assert leaks(app, Visitor(app, who), own) == {}


def test_no_secret_is_told_to_a_guest_of_the_workshop(app: Flask) -> None:
    sing(app)
    remember(app)
    assert leaks(app, joins(app, 3), set()) == {}


def test_the_canaries_sing_where_they_may(app: Flask) -> None:
    """Whoever may read them does find them: else the tests above would prove nothing."""
    sing(app)
    heard = set(leaks(app, Visitor(app, "hanne"), set()))
    assert heard.issuperset({*SECRETS, "hanne@example.no"} - {"kanarikladd"})
    assert heard.isdisjoint({"kari@example.no", "jonas@example.no", "gro@example.no"})
    assert "kanarikladd" in Visitor(app, "kari").gets("/me").get_data(as_text=True)


def test_what_opens_something_is_told_to_nobody(app: Flask) -> None:
    """Not even to whoever looks after the roles of a town, or whose it is."""
    sing(app)
    remember(app)
    mailed = [token for mail in correspond(app) for token in TOKEN.findall(mail.get_content())]
    secrets = [*stored(app), *mailed]
    assert len(mailed) >= 3 and len(secrets) > 30
    told: dict[str, list[str]] = {}
    for who in ("hanne", "jonas"):
        for path, said in everything(app, Visitor(app, who)):
            for secret in secrets:
                if secret.encode() in said:
                    told.setdefault(secret, []).append(f"{who} {path}")
    assert told == {}


def test_no_mail_tells_what_is_not_its_readers(app: Flask) -> None:
    sing(app)
    remember(app)
    mails = correspond(app)
    for mail in mails:
        to = str(mail["To"])
        own = {to, to.partition("@")[0], *KNOWN.get(to, ())}
        said = f"{mail['Subject']} {mail.items()} {mail.get_content()}"
        secrets = {*SECRETS, *GONE, *ADDRESSES, *stored(app)} - own
        assert [secret for secret in secrets if secret in said] == [], said
    assert len({mail["Subject"] for mail in mails}) >= 8


def test_the_printed_minutes_hold_what_the_page_does(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PDF and a picture cannot be searched: what is set is read on its way to the setter."""
    set_: list[str] = []

    def noting(name: str, form: str, data: str) -> bytes:
        set_.append(data)
        return typeset(name, form, data)

    monkeypatch.setattr("smartby.outcomes.printing.typeset", noting)
    sing(app)
    remember(app)
    for form in ("minutes.pdf", "board.png", "board.svg"):
        assert Visitor(app).gets(f"/havnvik/workshops/4/{form}").status_code == 200
    secrets = {*SECRETS, *GONE, *ADDRESSES, *stored(app)}
    for data in set_:
        assert CARDS[0] in data
        assert [secret for secret in secrets if secret in data] == []


def leaks(app: Flask, visitor: Visitor, own: set[str]) -> dict[str, list[str]]:
    """Return where this visitor reads what they may not, by secret."""
    found: dict[str, list[str]] = {}
    watched = [*stored(app), *screens(app)]
    watched += [secret for secret in (*SECRETS, *GONE, *ADDRESSES) if secret not in own]
    for path, said in everything(app, visitor):
        for secret in watched:
            # A search says what was searched for.
            if secret.encode() in said.replace(path.encode(), b""):
                found.setdefault(secret, []).append(path)
    return found
