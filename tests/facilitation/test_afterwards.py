"""The projector when a workshop is over: where the room finds what becomes of it."""

from __future__ import annotations

from flask import Flask

from tests.activities.playing import shows_screen
from tests.facilitation.holding import held, sees
from tests.people import Visitor

QR = 'aria-label="QR-kode til verkstedets side"'


def ended(app: Flask, *, announced: bool) -> tuple[str, str]:
    """Hold a workshop and close it; return its public page and what the projector shows."""
    fatima = Visitor(app, "fatima")
    number = held(fatima)
    page = f"/havnvik/workshops/{number}"
    if announced:
        assert fatima.posts(f"{page}/announcement").status_code == 303
    screen = shows_screen(app, number)
    assert QR not in sees(screen, number, "screen")
    assert fatima.posts(f"{page}/closing").status_code == 303
    return page, sees(screen, number, "screen")


def test_the_projector_leads_to_the_workshops_page_in_the_end(app: Flask) -> None:
    page, screen = ended(app, announced=True)
    assert "Takk for i dag" in screen and QR in screen
    # It is broken after a slash alone, never within a word.
    assert f"<strong>localhost{page}</strong>".replace("/", "/<wbr>", 3) in screen
    assert Visitor(app).gets(page).status_code == 200


def test_a_page_that_nobody_may_open_is_not_shown(app: Flask) -> None:
    page, screen = ended(app, announced=False)
    assert "Takk for i dag" in screen and QR not in screen and page not in screen
