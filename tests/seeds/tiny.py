"""A demo of two towns, four people and three ideas, with everything that can happen."""

from __future__ import annotations

from typing import Any

from smartby.seeds.content import Content

NAMES = {"nb": "Vei og park", "nn": "Veg og park", "en": "Roads and parks"}


def _town(number: str, slug: str, name: str, code: str, language: str) -> dict[str, Any]:
    return {
        "number": number,
        "slug": slug,
        "kind": "municipality",
        "name": {"nb": name, "nn": name, "en": name},
        "code": code,
        "written_language": language,
        "primary_colour": "#1F5C4A",
        "deep_colour": "#123C30",
        "phone": "55 00 00 00",
        "email": f"post@{slug}.example",
        "accessibility_statement_url": f"https://{slug}.example/uu",
        "population": 12_000,
        "welcome": {"nb": "Velkommen", "nn": "Velkomen", "en": "Welcome"},
        "units": [{"key": "vei", "name": NAMES}],
    }


def _person(key: str, town: str, *roles: str) -> dict[str, Any]:
    return {
        "key": key,
        "name": f"{key.capitalize()} Vik",
        "email": f"{key}@demo.example",
        "language": "nn" if town == "lillevik" else "nb",
        "town": town,
        "roles": [
            {
                "town": town,
                "role": role,
                "unit": "vei",
                "title": {"nb": "rådgiver", "nn": "rådgjevar"},
            }
            for role in roles
        ],
        "about": "",
    }


def _idea(key: str, town: str, days_ago: float, **rest: Any) -> dict[str, Any]:
    return {
        "key": key,
        "town": town,
        "title": f"En benk ved bekken nummer {key}",
        "body": "Her går mange turgåere forbi hver dag.\n\nEn **benk** gir hvile og gode samtaler.",
        "lang": "nb",
        "place": "Bekken",
        "principles": [1, 4],
        "goals": [11],
        "challenge": None,
        "author": "ola",
        "days_ago": days_ago,
        "support": 0.5,
        "path": [],
        "answers": [],
        **rest,
    }


def _move(to: str, days_ago: float, reason: str | None = None) -> dict[str, Any]:
    return {
        "to": to,
        "days_ago": days_ago,
        "by": "mod",
        "reason": {"nb": reason} if reason else None,
    }


def _workshop(key: str, days: int) -> dict[str, Any]:
    return {
        "key": key,
        "town": "storvik",
        "leader": "mod",
        "lang": "nb",
        "days": days,
        "hour": 18,
        "planned_days_ago": 30,
        "title": "Hva skal torget bli?",
        "place": "Rådhuset",
        "seats": 2,
        "comes": 2,
        "waits": 1,
        "challenge": "hvile",
        "purpose": "Vi finner ut av det sammen.",
        "programme": [["talk", 10, "Velkommen"], ["groups", 30, "Hva mangler?"]],
        "method": "affinity-dots",
        "co_leads": ["ola"],
    }


def _comment(key: str, contribution: str, days_ago: float, **rest: Any) -> dict[str, Any]:
    return {
        "contribution": contribution,
        "key": key,
        "parent": None,
        "author": "lise",
        "stance": "for",
        "body": "Dette har vi ventet på.",
        "lang": "nb",
        "days_ago": days_ago,
        "useful": 3,
        **rest,
    }


def content() -> Content:
    """Return the tiny demo."""
    return Content(
        towns=[
            _town("9901", "storvik", "Storvik", "STV", "nb"),
            _town("9902", "lillevik", "Lillevik", "LIL", "nn"),
        ],
        people=[
            _person("ola", "storvik"),
            _person("lise", "lillevik"),
            _person("mod", "storvik", "moderator", "administrator"),
            _person("gro", "lillevik", "moderator"),
        ],
        challenges=[
            {
                "key": "hvile",
                "town": "storvik",
                "title": "Hvor trengs det et sted å hvile?",
                "question": "Hvor vil du ha en benk?",
                "body": "Vi setter ut ti benker i år.",
                "lang": "nb",
                "unit": "vei",
                "principles": [1],
                "goals": [],
                "opens_days_ago": 80,
                "closes_in_days": 14,
                "author": "mod",
            }
        ],
        ideas=[
            _idea("a", "storvik", 60, challenge="hvile", path=_long_path(), answers=[_answer()]),
            _idea(
                "b",
                "storvik",
                12,
                support=1.0,
                path=[_move("not_pursued", 5, "Det er for bratt der.")],
            ),
            _idea("c", "lillevik", 0.1, author="lise", lang="nn"),
        ],
        comments=[
            _comment("reply", "a", 20, parent="first", stance=None, author="mod"),
            _comment("first", "a", 30),
            _comment("deeper", "a", 10, parent="reply", stance=None, author="Anne Ås"),
            _comment("asks", "b", 9, stance="question", useful=0),
            _comment("says", "c", 0, stance="against", author="Per Dal"),
        ],
        residents=["Anne Ås", "Per Dal", "Siri Eng", "Nils Li", "Eva Moe", "Jan Myr"],
        workshops=[_workshop("coming", 9), _workshop("past", -20)],
    )


def _long_path() -> list[dict[str, Any]]:
    return [_move("under_review", 50), _move("exploring", 35), _move("piloting", 8)]


def _answer() -> dict[str, Any]:
    return {
        "days_ago": 7,
        "unit": "vei",
        "by": "mod",
        "body": "Vi prøver ut to benker.",
        "lang": "nb",
    }
