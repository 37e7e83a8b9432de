"""Similar contributions: the same wish in other words is found, another wish is not."""

import pytest

from smartby.contributions.similar import Candidate, rank
from smartby.core.stemming import indexed

TOWN = [
    ("Trygg skulevei", "Bilane køyrer altfor fort forbi skulen. Vi treng gangfelt og lys."),
    ("Flere benker i sentrum", "Eldre trenger steder å hvile på vei til butikken."),
    ("Solceller på taket av rådhuset", "Kommunen kan lage sin egen strøm og spare penger."),
    ("Åpne data om badevann", "Del målingene av vannkvaliteten på strendene hver dag."),
    ("Lånebod for sportsutstyr", "Barn bør kunne låne ski og skøyter gratis."),
    ("Bussen bør gå senere om kvelden", "Ungdom kommer seg ikke hjem fra trening."),
    ("Gatelys langs turveien", "Det er mørkt langs elva om vinteren."),
]
CANDIDATES = [
    Candidate(n, title, indexed(f"{title} {text}", "nb").split())
    for n, (title, text) in enumerate(TOWN)
]


def found(title: str, text: str = "", lang: str = "nb") -> list[int]:
    return [match.id for match in rank(title, text, CANDIDATES, lang)]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Tryggere skolevei", "", 0),
        ("Trygge skoleveger", "", 0),
        ("Fleire benkar i sentrum", "", 1),
        ("Sett ut benker", "Eldre bør ha et sted å hvile når de går til butikken i sentrum.", 1),
        ("Solcellepanel", "Legg solceller på rådhuset så kommunen får billigere strøm.", 2),
        ("Opne data om badevatn", "", 3),
        ("Senere buss om kvelden", "", 5),
        ("Lys langs turvegen", "Gatelys langs elva, for det er mørkt om vinteren.", 6),
        ("Trygg vei til skolen", "", 0),
        ("Gangfelt på vegen til skulen", "Bilene kjører for fort forbi skolen.", 0),
        ("Vegbelysning på turvegen", "", 6),
        ("Måling av vannkvalitet", "Del data om vannet på badestrendene hver dag.", 3),
    ],
)
def test_the_same_wish_is_found(title: str, text: str, expected: int) -> None:
    assert found(title, text)[0] == expected


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kunstgressbane i Fjordvang", "Fotballklubben har ingen bane å spille på."),
        ("Hundepark", "Et inngjerdet område der hunder kan løpe løse."),
        ("", ""),
        ("asdf qwer", "zxcv"),
        ("og det er", "som vi har"),
    ],
)
def test_another_wish_is_not(title: str, text: str) -> None:
    assert found(title, text) == []


def test_best_first_and_no_more_than_asked() -> None:
    many = [Candidate(n, "Trygg skolevei", {"trygg", "skolevei"}) for n in range(20)]
    close = [Candidate(99, "Trygg skolevei ved Havnvik ungdomsskole", frozenset())]
    matches = rank("Trygg skolevei", "", close + many, "nb", limit=5)
    assert len(matches) == 5
    assert [match.score for match in matches] == sorted((m.score for m in matches), reverse=True)


def test_no_candidates_no_matches() -> None:
    assert rank("Trygg skolevei", "", [], "nb") == []
