"""Stemming: nynorsk finds bokmål and the other way, misspellings find what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartby.core import stemming
from smartby.core.stemming import Word, correct, stem_text, stems, words
from tests.corpora.hostile_text import HOSTILE

SAME_IN_BOTH = [
    ("bærekraftig utvikling", "berekraftig utvikling"),
    ("tryggere skolevei", "trygg skuleveg"),
    ("skoleveiene", "skulevegane"),
    ("bedre drikkevann", "betre drikkevatn"),
    ("vannverket", "vassverket"),
    ("hjemmehjelp", "heimehjelp"),
    ("sykehjemmet", "sjukeheimen"),
    ("sykepleiere", "sjukepleiarar"),
    ("kirkegården", "kyrkjegarden"),
    ("boligbygging", "bustadbygging"),
    ("innbyggerne i kommunen", "innbyggjarane i kommunen"),
    ("ungdommer på ungdomsskolen", "ungdommar på ungdomsskulen"),
    ("sykkelveier", "sykkelvegar"),
    ("åpningstider på biblioteket", "opningstider på biblioteket"),
    ("lekeplasser", "leikeplassar"),
    ("svømmehall", "symjehall"),
    ("strømforbruk", "straumforbruk"),
    ("mindre utslipp", "mindre utslepp"),
    ("flere muligheter", "fleire moglegheiter"),
    ("frivillige organisasjoner", "frivillige organisasjonar"),
    ("trygghet for alle", "tryggleik for alle"),
    ("høring", "høyring"),
    ("løsninger for fremtiden", "løysingar for framtida"),
    ("ensomhet blant eldre", "einsemd blant eldre"),
    ("forurensning i elva", "ureining i elva"),
    ("medvirkning", "medverknad"),
    ("hverdagen", "kvardagen"),
    ("fergene", "ferjene"),
    ("åpne data", "opne data"),
    ("høstferien", "haustferien"),
]


@pytest.mark.parametrize(("nb", "nn"), SAME_IN_BOTH)
def test_both_written_languages_meet(nb: str, nn: str) -> None:
    assert set(stems(nb, "nb")) == set(stems(nn, "nn"))
    assert stems(nb, "nb") == stems(nb, "nn")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kommunen", "kommunenes"),
        ("sykler", "sykkel"),
        ("e-post", "epost"),
        ("el-biler", "elbil"),
        ("Kárášjohka", "karasjohka"),
        ("kafé", "kafe"),
        ("møterommet", "møterom"),
        ("A\u030apen", "åpen"),
        ("FJELL", "fjellet"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stems(one, "nb") == stems(other, "nb")


@pytest.mark.parametrize(
    ("one", "other"), [("måte", "mate"), ("høre", "hore"), ("være", "vare"), ("sti", "stige")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert stems(one + "n", "nb") != stems(other + "n", "nb")


def test_small_words_are_left_out() -> None:
    assert stems("Hva er det vi ikke har her i byen", "nb") == stems("byen", "nb")
    assert stems("Kva er det vi ikkje har her i byen", "nn") == stems("byen", "nn")
    assert stems("What is it that we do not have in the city", "en") == stems("city", "en")


def test_english_has_its_own_stems() -> None:
    assert stems("Safer cycling for cyclists", "en") == ["safer", "cycl", "cyclist"]


def test_numbers_and_order_are_kept() -> None:
    assert stem_text("Buss 12 buss", "nb") == "buss 12 buss"


def test_words_keep_what_was_written() -> None:
    assert words("Ny sykkelveg!", "nn") == [Word("ny", "ny"), Word("sykkelveg", "sykkelvei")]


def test_there_are_enough_synonyms() -> None:
    assert len(stemming._SAME) >= 150


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("lang", ["nb", "en", "se"])
def test_odd_text_is_stemmed(name: str, lang: str) -> None:
    assert all(0 < len(stem) <= 70 for stem in stems(HOSTILE[name], lang))


@given(st.text())
def test_stems_have_no_space(text: str) -> None:
    assert stem_text(text, "nb").split(" ") == (stems(text, "nb") or [""])


VOCABULARY = {
    stem: count
    for count, stem in enumerate(
        stems("skolevei bærekraft bibliotek sykkel kommune park parkering buss kirke", "nb"), 1
    )
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("skolevie", "skolevei"),
        ("skollevei", "skolevei"),
        ("bærekarft", "bærekraft"),
        ("biblotek", "bibliotek"),
        ("biblliotekk", "bibliotek"),
        ("sykel", "sykkel"),
        ("komune", "kommune"),
    ],
)
def test_misspellings_are_corrected(typed: str, meant: str) -> None:
    found = correct(words(typed, "nb")[0], VOCABULARY)
    assert found
    assert found.stem == stems(meant, "nb")[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("belysnig", "belysning"),
        ("belynsing", "belysning"),
        ("blysning", "belysning"),
        ("gatebelysnig", "gatebelysning"),
        ("lyktestople", "lyktestolpe"),
    ],
)
def test_words_that_stand_in_the_index_as_another_are_corrected(typed: str, meant: str) -> None:
    found = correct(words(typed, "nb")[0], {"lys": 3, "gatelys": 1})
    assert found == Word(meant, stems(meant, "nb")[0])
    assert correct(words(typed, "nb")[0], {"benk": 3}) is None


@pytest.mark.parametrize("stem", ["romfart", "bil", "12", "1234", "xyzzyxyzzy"])
def test_what_is_not_near_stays(stem: str) -> None:
    assert correct(Word(stem, stem), VOCABULARY) is None


def test_the_more_frequent_of_two_near_words_is_meant() -> None:
    wrong = Word("hagem", "hagem")
    assert correct(wrong, {"hager": 1, "hages": 7}) == Word("", "hages")
    assert correct(wrong, {}) is None


@pytest.mark.parametrize("forms", ["vei veien veiene", "by byen byer", "sjø sjøen", "øy øya øyene"])
def test_short_words_meet_in_all_their_forms(forms: str) -> None:
    assert len(set(stems(forms, "nb"))) == 1
