"""Foreign names, origins, proxies and packed forms at many routes: a 4xx, and nothing written."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from smartby.core.mail import Mail
from smartby.extensions import db
from tests.corpora.envelopes import FORWARDED, HOSTS, ORIGINS, OUR_HOSTS, PACKED
from tests.hostile.test_everywhere import counts
from tests.people import ORIGIN, Visitor

READ = (
    "/", "/havnvik", "/havnvik/ideas?q=x", "/havnvik/ideas/1", "/me", "/sign-in", "/nowhere",
    "/live/town:1?after=0&lang=nb", "/healthz", "/havnvik/workshops.ics",
    "/preferences?language=en&next=/havnvik/",
)  # fmt: skip
IDEA = {"title": "Benker i sola", "body": "Det er få benker langs elva.", "principles": "1"}
# Where something would be written, and what is sent there.
WRITTEN: dict[str, dict[str, str]] = {
    "/havnvik/ideas": {**IDEA, "lang": "nb"},
    "/havnvik/contributions/1/support": {"wanted": "yes"},
    "/havnvik/contributions/1/comments": {"body": "Her er det mørkt."},
    "/me/profile": {"name": "Kari S", "language": "nb"},
    "/sign-in/forgotten": {"email": "jonas@example.no"},
}


@pytest.fixture
def kari(app: Flask) -> Visitor:
    """Somebody who has written an idea and could do more."""
    visitor = Visitor(app, "kari")
    assert visitor.has_idea() == 1
    visitor.token()
    return visitor


@pytest.mark.parametrize("host", HOSTS)
def test_another_name_is_answered_nowhere(kari: Visitor, host: str) -> None:
    before = counts(kari.app)
    header = {"Host": host}
    answers = {path: kari.gets(path, headers=header) for path in READ}
    for path, fields in WRITTEN.items():
        for origin in (ORIGIN, f"http://{host}"):
            sent = {**header, "Origin": origin.encode("ascii", "replace").decode()}
            answers[f"{path} {origin}"] = kari.posts(path, headers=sent, **fields)
    for asked, answer in answers.items():
        assert answer.status_code == 400, asked
        assert "evil" not in answer.text + str(answer.headers), asked
    assert counts(kari.app) == before


@pytest.mark.parametrize("host", OUR_HOSTS)
def test_every_name_of_ours_is_answered_however_it_is_written(kari: Visitor, host: str) -> None:
    assert kari.gets("/havnvik/ideas/1", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("headers", FORWARDED, ids=lambda headers: next(iter(headers)))
def test_what_only_a_proxy_may_say_is_not_believed(kari: Visitor, headers: dict[str, str]) -> None:
    for path in READ:
        answer, plain = kari.gets(path, headers=headers), kari.gets(path)
        said = answer.text + str(answer.headers)
        assert (answer.status_code, answer.location) == (plain.status_code, plain.location), path
        assert "evil.example" not in said and ":444" not in said, path
    sent = [
        Visitor(kari.app).posts("/sign-in/forgotten", headers=headers, email="jonas@example.no"),
        Visitor(kari.app, "hanne").posts(
            "/havnvik/members/invitations", headers=headers, email="ny@example.no", role="moderator"
        ),
    ]
    assert [(each.status_code, "evil" in (each.location or "")) for each in sent] == [
        (303, False)
    ] * 2
    with kari.app.app_context():
        mails = db.session.scalars(select(Mail.body)).all()
    links = [link for mail in mails for link in re.findall(r"\w+://\S+", mail)]
    assert len(links) >= 2 and all(link.startswith(f"{ORIGIN}/") for link in links)


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_another_site_sends_writes_nothing(kari: Visitor, origin: str) -> None:
    before = counts(kari.app)
    for path, fields in WRITTEN.items():
        answer = kari.posts(path, headers={"Origin": origin}, **fields)
        assert answer.status_code == 403, path
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "evil" not in answer.text
    assert counts(kari.app) == before


def test_who_names_no_origin_needs_the_token(kari: Visitor) -> None:
    before = counts(kari.app)
    for path, fields in WRITTEN.items():
        answer = kari.client.post(path, data={**fields, "csrf_token": "wrong"})
        assert answer.status_code == 400, path
    assert counts(kari.app) == before
    for path, fields in WRITTEN.items():
        answer = kari.client.post(path, data={**fields, "csrf_token": kari.token()})
        assert answer.status_code == 303, path


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_form_is_taken_apart_or_refused(kari: Visitor, name: str) -> None:
    kind, body = PACKED[name]
    before = counts(kari.app)
    headers = {"Origin": ORIGIN, "Content-Type": kind}
    token = {"X-CSRFToken": kari.token()}
    for path in WRITTEN:
        if path.endswith("/support"):
            continue  # which asks for no words: a press is a press
        for given in (headers, headers | token):
            answer = kari.client.post(path, data=body, headers=given)
            assert 400 <= answer.status_code < 500, path
            assert len(re.sub("<[^>]*>", "", answer.text).split()) > 2, path
    assert counts(kari.app) == before
