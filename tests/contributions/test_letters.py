"""Letters to whoever wrote what is hidden, or shown again: once, and in their own language."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from tests.accounts.conftest import Letter, letters
from tests.challenges.test_writing import number_of, posts
from tests.contributions.test_withdrawal import hides
from tests.municipalities.test_theme import settings
from tests.people import PASSWORD, Visitor

__all__ = ["letters"]
Letters = Callable[[], list[Letter]]
TITLE = "Lys på gangveien bak skolen"
WHY = "Teksten nevner en nabo med navn."


def test_who_wrote_it_is_told_why_it_is_hidden_and_when_it_is_back(
    app: Flask, letters: Letters
) -> None:
    kari, ingrid = Visitor(app, "kari"), Visitor(app, "ingrid")
    number = kari.has_idea()
    letters()
    for _twice in range(2):
        assert hides(ingrid, number, reason=WHY).status_code == 303
    (hidden,) = letters()
    assert (hidden.to, hidden.subject) == ("kari@example.no", f"Skjult: {TITLE}")
    assert hidden.path == f"/havnvik/ideas/{number}"
    assert kari.gets(hidden.path).status_code == 200
    for words in ("Hei, Kari Solheim", WHY, "i Havnvik", "kontakt med kommunen"):
        assert words in hidden.text
    assert "Ingrid" not in hidden.text

    for _twice in range(2):
        assert hides(ingrid, number, "no", reason="Navnet er tatt ut.").status_code == 303
    (shown,) = letters()
    assert (shown.to, shown.subject) == ("kari@example.no", f"Vist igjen: {TITLE}")
    assert "Navnet er tatt ut." in shown.text
    assert shown.path == f"/havnvik/ideas/{number}"


def test_it_is_in_the_readers_language_and_says_whom_to_ask(app: Flask, letters: Letters) -> None:
    kari, hanne = Visitor(app, "kari"), Visitor(app, "hanne")
    kari.posts("/me/profile", name="Kari Solheim", language="nn")
    asked = settings(email="post@havnvik.example", phone="55 00 00 00")
    assert hanne.posts("/havnvik/settings", **asked).status_code == 303
    number = kari.has_idea()
    letters()
    hides(Visitor(app, "ingrid"), number, reason=WHY)
    (hidden,) = letters()
    assert (hidden.language, hidden.subject) == ("nn", f"Skjult: {TITLE}")
    assert "Grunngivinga er:" in hidden.text
    assert "post@havnvik.example" in hidden.text and "55 00 00 00" in hidden.text


def test_nobody_is_told_of_what_they_did_themselves(app: Flask, letters: Letters) -> None:
    ingrid = Visitor(app, "ingrid")
    number = ingrid.has_idea()
    letters()
    assert hides(ingrid, number).status_code == 303
    assert letters() == []


def test_who_has_left_is_written_to_no_more(app: Flask, letters: Letters) -> None:
    kari = Visitor(app, "kari")
    number = kari.has_idea()
    assert kari.posts("/me/erasure", current=PASSWORD, sure="y").status_code == 303
    letters()
    assert hides(Visitor(app, "ingrid"), number).status_code == 303
    assert letters() == []


def test_a_challenges_letter_says_that_it_is_one(app: Flask, letters: Letters) -> None:
    ingrid, hanne = Visitor(app, "ingrid"), Visitor(app, "hanne")
    number = number_of(posts(ingrid))
    letters()
    assert hides(hanne, number).status_code == 303
    (hidden,) = letters()
    assert "Utfordringen din" in hidden.text
    assert hidden.path == f"/havnvik/challenges/{number}"
