"""Which sites and names a request may come from and ask for."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.people import Visitor


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost:81"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_another_site_sends_changes_nothing(app: Flask, headers: dict[str, str]) -> None:
    kari = Visitor(app, "kari")
    idea = kari.has_idea()
    path = f"/havnvik/contributions/{idea}/support"
    assert kari.posts(path, wanted="yes", headers=headers).status_code == 403
    assert f'data-live="support-{idea}">0<' in kari.gets(f"/havnvik/ideas/{idea}").text
    assert kari.posts(path, wanted="yes").status_code == 303


def test_told_to_listen_everywhere_it_goes_by_the_name_it_is_asked_for_by(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "HOSTS", None)
    here, client = "http://192.168.1.7:8000", app.test_client()
    page = client.get("/sign-in", base_url=here).text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    fields = {"csrf_token": found[1], "email": "kari@example.no", "password": "feil"}
    answers = [
        client.post("/sign-in", base_url=here, data=fields, headers={"Origin": origin})
        for origin in (here, "http://evil.example")
    ]
    assert [answer.status_code for answer in answers] == [422, 403]


def test_another_name_than_our_own_is_refused(app: Flask) -> None:
    for name in ("evil.example", "localhost.evil.example", "evil.example:80", "[::1", "[", "a b"):
        answer = Visitor(app).gets("/havnvik", headers={"Host": name})
        assert answer.status_code == 400
        assert "evil" not in answer.headers.get("Location", "")


def test_a_number_has_one_way_to_be_written(app: Flask) -> None:
    idea = Visitor(app, "kari").has_idea()
    arabic = "".join(chr(0x660 + int(digit)) for digit in str(idea))
    assert Visitor(app).gets(f"/havnvik/ideas/{arabic}").status_code == 404
