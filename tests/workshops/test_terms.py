"""What is said to those who take part: who may join, who learns who wrote what, and where."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from smartby.core.clock import oslo
from tests.people import Visitor
from tests.workshops.planning import announced, plan, planned, stored

TERMS = {"joining": "seated", "anonymity": "strict"}


def opens_doors(visitor: Visitor, number: int) -> None:
    """Let people in."""
    assert visitor.posts(f"/havnvik/workshops/{number}/doors", sure="yes").status_code == 303


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ("påmeldt og har fått plass", "heller ikke de som leder", "bokmål, English")),
        ("nn", ("påmelde og har fått plass", "heller ikkje dei som leier", "bokmål, English")),
        ("en", ("have signed up and have a seat", "not even those who lead", "bokmål, English")),
    ],
)
def test_the_page_states_the_terms(app: Flask, language: str, words: tuple[str, ...]) -> None:
    number = announced(Visitor(app, "fatima"), **TERMS, languages=["nb", "en"])
    visitor = Visitor(app)
    visitor.gets(f"/preferences?language={language}")
    page = visitor.gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    for each in words:
        assert each in page


def test_what_is_not_said_is_the_usual(app: Flask) -> None:
    workshop = stored(app, planned(Visitor(app, "fatima")))
    assert (workshop.joining, workshop.anonymity) == ("anyone", "pseudonymous")
    assert (workshop.meets, workshop.languages, workshop.principles) == ("place", "nb", [])


def test_principles_are_shown_and_kept_in_the_form(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima, principles=["4", "1"])
    assert stored(app, number).principles == [1, 4]
    page = Visitor(app).gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert 'href="/havnvik/principles/1"' in page and 'href="/havnvik/principles/4"' in page
    form = fatima.gets(f"/havnvik/workshops/{number}/details").get_data(as_text=True)
    assert 'value="4" id="principles-3" checked' in form


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"joining": "friends"}, "Hvem kan være med?"),
        ({"anonymity": ""}, "Hvem får vite hvem som skrev hva?"),
        ({"meets": "moon"}, "Hvor møtes dere?"),
        ({"meets": "both", "place": ""}, "Skriv hvor det er."),
        ({"place": ""}, "Skriv hvor det er."),
        ({"until": "25:00"}, "Skriv klokkeslettet slik"),
        ({"principles": ["1", "2", "3", "4"]}, "Velg høyst tre prinsipper."),
        ({"languages": ["nb", "klingon"]}, "Språk i verkstedet"),
    ],
)
def test_terms_that_do_not_exist_are_refused(app: Flask, fields: dict[str, str], said: str) -> None:
    answer = Visitor(app, "fatima").posts("/havnvik/workshops", **plan(**fields))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page and "Brannstasjonen står tom" in page


def test_a_workshop_can_be_held_on_the_net(app: Flask) -> None:
    number = announced(Visitor(app, "fatima"), meets="online", place="", lang="en")
    assert stored(app, number).place == "Online"
    number = announced(Visitor(app, "fatima"), meets="both")
    page = Visitor(app).gets(f"/havnvik/workshops/{number}").get_data(as_text=True)
    assert "Kulturhuset, store sal" in page and "og på nett samtidig" in page


@pytest.mark.parametrize(("until", "days"), [("20:30", 0), ("01:00", 1)])
def test_when_all_must_be_out_may_be_after_midnight(app: Flask, until: str, days: int) -> None:
    workshop = stored(app, planned(Visitor(app, "fatima"), until=until))
    assert workshop.ends_by is not None
    ends = oslo(workshop.ends_by)
    assert f"{ends:%H:%M}" == until
    assert ends.date() == oslo(workshop.starts_at).date() + timedelta(days=days)


@pytest.mark.parametrize("changed", [{"anonymity": "named"}, {"joining": "anyone"}])
def test_once_the_doors_are_open_the_terms_stand(app: Flask, changed: dict[str, str]) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(fatima, **TERMS)
    opens_doors(fatima, number)
    path = f"/havnvik/workshops/{number}"
    form = fatima.gets(f"{path}/details").get_data(as_text=True)
    assert 'type="hidden" name="anonymity" value="strict"' in form
    assert 'type="radio" name="joining"' not in form
    answer = fatima.posts(path, **plan(**{**TERMS, **changed}, seen="1", title="Et nytt navn"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Dørene er åpnet." in page and 'value="Et nytt navn"' in page
    assert stored(app, number).anonymity == "strict" and stored(app, number).joining == "seated"
    assert fatima.posts(path, **plan(**TERMS, seen="1", title="Et nytt navn")).status_code == 303


def test_a_copy_has_the_same_terms_and_may_change_them(app: Flask) -> None:
    fatima = Visitor(app, "fatima")
    number = announced(
        fatima, **TERMS, principles=["2"], languages=["nn"], meets="both", until="00:30"
    )
    opens_doors(fatima, number)
    answer = fatima.posts(f"/havnvik/workshops/{number}/copy")
    copied = stored(app, int(answer.location.split("/")[-2]))
    assert (copied.joining, copied.anonymity, copied.meets) == ("seated", "strict", "both")
    assert copied.principles == [2] and copied.languages == "nn"
    assert copied.ends_by is not None and oslo(copied.ends_by).hour == 0
    assert (copied.ends_by - copied.starts_at) < timedelta(hours=7)
