"""Suggesting principles: real ideas get the right one, and the reasons are the writer's words."""

import json
from pathlib import Path
from typing import Any

import pytest

from smartby import seeds
from smartby.core.stemming import words
from smartby.principles import suggestion
from smartby.principles.suggestion import suggest
from tests.corpora.hostile_text import ODD

NB = [
    (1, "Tryggere skolevei. Barna må krysse en vei uten gangfelt og fortau hver dag."),
    (1, "Flere benker med rygg. Eldre som går på fortauet trenger et sted å hvile."),
    (2, "Lag en helhetlig plan for sentrum der alle etater samordner transport og utbygging."),
    (2, "Skole, idrettshall og sykehjem bør ha sambruk av arealene i kommuneplanen."),
    (3, "Solceller på rådhustaket gir fornybar strøm og mindre utslipp."),
    (3, "Egne dunker for matavfall og plast i parken, så slipper vi forsøpling."),
    (4, "Start en språkkafé der flyktninger og frivillige møtes over en kopp kaffe."),
    (4, "Ungdomsrådet bør få være med fra start, med folkemøter og ekte medvirkning."),
    (5, "Gjør det gamle meieriet til kontorfellesskap for gründere og små bedrifter."),
    (5, "Bondemarked på torget hver lørdag, så gårdene kan selge lokalmat."),
    (6, "Del målinger av badetemperatur som åpne data med API, oppdatert i sanntid."),
    (6, "Sett opp sensorer som teller syklister og publiser statistikken på kart."),
    (7, "Gratis kurs i programmering for elever, med studenter fra universitetet som mentorer."),
    (7, "La ansatte teste nye metoder i en pilot og lære av forskere."),
    (8, "Vi har en vennskapskommune, la skolene ha utveksling og arbeide med FNs bærekraftsmål."),
]
NN = [
    (1, "Tryggare skuleveg. Borna kryssar vegen utan gangfelt og fortau kvar dag."),
    (2, "Lag ein heilskapleg strategi for bygda, med samordning mellom sektorane."),
    (3, "Mindre utslepp frå ferjene og betre kjeldesortering av avfall."),
    (4, "Ein lågterskel møteplass der frivillige og innvandrarar kan delta i dugnad."),
    (5, "Næringshage for gründerar, så det kjem fleire arbeidsplassar."),
    (6, "Opne data om vasskvalitet og snøbrøyting, vist på kart i sanntid."),
    (7, "Kurs og etterutdanning for lærarar i nyskaping og programmering."),
    (8, "Kortreist mat i kvar grend, og lær av nabokommunar og andre land i Europa."),
]
EN = [
    (1, "A safe crossing so that children and elderly residents can reach the playground."),
    (3, "Solar panels on the town hall and less plastic waste on the beach."),
    (4, "Let volunteers and refugees meet, and involve youth in every consultation."),
    (5, "Turn the harbour warehouse into coworking for startups and small business."),
    (6, "Publish open data from the water sensors with an API and a map."),
    (7, "Free coding courses for pupils, taught by students from the university."),
]


@pytest.mark.parametrize(
    ("lang", "principle", "text"),
    [("nb", *case) for case in NB]
    + [("nn", *case) for case in NN]
    + [("en", *case) for case in EN],
)
def test_real_ideas_get_their_principle(lang: str, principle: int, text: str) -> None:
    found = suggest(text, lang)
    assert principle in [one.principle_id for one in found[:2]], found


@pytest.mark.parametrize("text", [text for _, text in NB])
def test_the_reasons_are_the_writers_own_words(text: str) -> None:
    written = {word.text for word in words(text, "nb")}
    for one in suggest(text, "nb"):
        assert one.because
        assert set(one.because) <= written


def test_strongest_first_and_no_more_than_asked() -> None:
    text = " ".join(text for _, text in NB)
    scores = [one.score for one in suggest(text, "nb", limit=8)]
    assert scores == sorted(scores, reverse=True)
    assert len(suggest(text, "nb")) == 3
    assert len(suggest(text, "nb", limit=1)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "asdf qwerty lorem ipsum",
        "Hei hei",
        "og det er som vi vil ha",
        "Hunden min heter Fido",
        "123",
    ],
)
@pytest.mark.parametrize("lang", ["nb", "nn", "en", "se"])
def test_nothing_is_said_of_nothing(text: str, lang: str) -> None:
    assert suggest(text, lang) == []


def test_repeating_a_word_adds_nothing() -> None:
    assert suggest("klima klima klimaet", "nb") == suggest("klima", "nb")


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read(name: str) -> None:
    assert len(suggest(ODD[name], "nb")) <= 3


def test_every_principle_has_a_profile_in_every_language() -> None:
    path = Path(suggestion.__file__).parent / "profiles.json"
    profiles = json.loads(path.read_text("utf-8"))["principles"]
    assert set(profiles) == set("12345678")
    for languages in profiles.values():
        assert set(languages) == {"nb", "nn", "en"}
        assert all(len(keywords) >= 25 for keywords in languages.values())


def demos_ideas() -> list[Any]:
    folder = Path(seeds.__file__).parent / "content"
    return [row for path in folder.glob("*-ideas.json") for row in json.loads(path.read_text())]


def own(row: Any, *, sure: bool = False) -> bool:
    """Tell whether an idea gets one of its own principles suggested, or even ticked."""
    found = suggest(f"{row['title']}\n{row['body']}", row["lang"])
    return any(one.principle_id in row["principles"] for one in found if one.sure or not sure)


def test_nearly_all_of_the_demos_ideas_get_one_of_their_own_principles() -> None:
    ideas = demos_ideas()
    assert len(ideas) > 50
    assert len([row["title"] for row in ideas if not own(row)]) <= 1
    assert len([row["title"] for row in ideas if not own(row, sure=True)]) <= 2


@pytest.mark.parametrize("text", ["Skole og led", "Jeg vil lede skolen", "Led i taket på skolen"])
def test_weak_words_are_no_reason_to_choose_for_the_writer(text: str) -> None:
    found = suggest(text, "nb")
    assert found
    assert not any(one.sure for one in found)


def test_most_of_what_is_suggested_for_them_is_right() -> None:
    told = [
        (one.principle_id, row["principles"])
        for row in demos_ideas()
        for one in suggest(f"{row['title']}\n{row['body']}", row["lang"])
    ]
    assert sum(number in own for number, own in told) > 0.6 * len(told)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nb", "Et åpent toalett på torget"),
        ("nb", "La kirken stå åpen hele sommeren"),
        ("nb", "Åpne gymsalen for alle på lørdager"),
        ("nb", "Vi kan dele verktøy med naboene og bestille ved, om noen holder åpent"),
        ("nn", "Eit ope toalett ved hamna"),
        ("nn", "Hald symjehallen open i helgane"),
        ("nn", "Opne kyrkja for konsertar, og ha ope kvar laurdag"),
        ("nn", "Dele på verktøy, og tinge ved saman"),
        ("en", "An open toilet in the square, and a place to share and book tools"),
    ],
)
def test_what_is_open_or_shared_is_not_open_data(lang: str, text: str) -> None:
    assert 6 not in [one.principle_id for one in suggest(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nb", "Legg ut snøbrøytingen som åpne data"),
        ("nb", "Deling av data mellom etatene"),
        ("nb", "Kommunen bør åpne for mer åpenhet i byggesakene"),
        ("nn", "Legg ut brøytinga som opne data"),
        ("nn", "Deling av data mellom etatane"),
        ("nn", "Opne for meir openheit i byggjesakene"),
        ("en", "Publish the ploughing as open data"),
    ],
)
def test_open_data_and_openness_are(lang: str, text: str) -> None:
    assert 6 in [one.principle_id for one in suggest(text, lang)]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_one_word_alone_is_never_sure(lang: str) -> None:
    path = Path(suggestion.__file__).parent / "profiles.json"
    for languages in json.loads(path.read_text("utf-8"))["principles"].values():
        for word in (word for word in languages[lang] if "-" not in word):
            assert not any(one.sure for one in suggest(word.lstrip("="), lang)), word
