"""What every answer says about itself."""

from __future__ import annotations

from flask import Flask

from tests.people import Visitor


def test_a_page_may_only_load_what_is_ours(app: Flask) -> None:
    policy = Visitor(app).gets("/havnvik/").headers["Content-Security-Policy"]
    for part in ("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_pages_are_not_sniffed_framed_or_shared(app: Flask) -> None:
    headers = Visitor(app).gets("/havnvik/ideas").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Cookie" in headers["Vary"]
    assert headers["Content-Language"] == "nb"


def test_a_page_for_someone_signed_in_is_kept_by_nobody(app: Flask) -> None:
    assert Visitor(app, "kari").gets("/havnvik/ideas").headers["Cache-Control"] == "no-store"


def test_reading_without_signing_in_sets_no_cookie(app: Flask) -> None:
    visitor = Visitor(app)
    for path in ("/", "/havnvik/", "/havnvik/ideas", "/havnvik/log", "/about", "/principles"):
        answer = visitor.gets(path)
        assert answer.status_code == 200, path
        assert "Set-Cookie" not in answer.headers, path


def test_the_language_is_the_readers_choice_then_the_towns(app: Flask) -> None:
    visitor = Visitor(app)
    assert visitor.gets("/fjordvang/").headers["Content-Language"] == "nn"
    assert (
        visitor.gets("/", headers={"Accept-Language": "en-GB"}).headers["Content-Language"] == "en"
    )
    visitor.gets("/preferences?language=en&next=/fjordvang/")
    assert visitor.gets("/fjordvang/").headers["Content-Language"] == "en"


def test_preferences_lead_nowhere_else(app: Flask) -> None:
    visitor = Visitor(app)
    answer = visitor.gets("/preferences?language=xx&theme=pink&next=//evil.example")
    assert answer.location == "/"
    assert visitor.gets("/").headers["Content-Language"] == "nb"
