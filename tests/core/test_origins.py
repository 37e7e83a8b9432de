"""Which sites and names a request may come from and ask for."""

from __future__ import annotations

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


def test_another_name_than_our_own_is_refused(app: Flask) -> None:
    for name in ("evil.example", "localhost.evil.example", "evil.example:80"):
        answer = Visitor(app).gets("/havnvik", headers={"Host": name})
        assert answer.status_code == 400
        assert "evil" not in answer.headers.get("Location", "")


def test_a_number_has_one_way_to_be_written(app: Flask) -> None:
    idea = Visitor(app, "kari").has_idea()
    arabic = "".join(chr(0x660 + int(digit)) for digit in str(idea))
    assert Visitor(app).gets(f"/havnvik/ideas/{arabic}").status_code == 404
