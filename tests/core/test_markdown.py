"""Markdown: nothing runs, the outline holds, excerpts are plain."""

from html.parser import HTMLParser

import html5lib
import pytest

from smartby.core.markdown import plain, render
from tests.corpora.hostile_text import ODD
from tests.corpora.xss import XSS

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "code", "pre"}


def assert_safe(html: str) -> None:
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in fragment.iter():
        if element is fragment:
            continue
        assert element.tag in TAGS, element.tag
        assert set(element.attrib) <= ({"href", "rel"} if element.tag == "a" else set())
        if element.tag == "a":
            assert element.attrib["rel"] == "nofollow ugc noopener"
            assert element.attrib["href"].lower().startswith(("http://", "https://", "mailto:"))


@pytest.mark.parametrize("payload", XSS)
def test_nothing_in_the_corpus_can_run(payload: str) -> None:
    for text in (payload, f"Hei\n\n{payload}", f"[a](https://a.no) **{payload}** {payload}"):
        assert_safe(render(text))


def test_the_corpus_is_large_enough() -> None:
    assert len(set(XSS)) >= 60


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_rendered_safely(name: str) -> None:
    assert_safe(render(ODD[name][:20_000]))


def test_the_subset() -> None:
    html = render("Et *lite* **avsnitt**\nto linjer\n\n- a\n- b\n\n> sitat\n\n1. en\n\n`kode`")
    assert html == (
        "<p>Et <em>lite</em> <strong>avsnitt</strong><br>\nto linjer</p>\n"
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<blockquote>\n<p>sitat</p>\n</blockquote>\n"
        "<ol>\n<li>en</li>\n</ol>\n<p><code>kode</code></p>"
    )


def test_headings_leave_the_page_its_own() -> None:
    html = render("# A\n\n## B\n\n###### C")
    assert html == "<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>"


def test_images_and_tables_are_not_made() -> None:
    html = render("![alt](https://a.no/x.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert "<img" not in html
    assert "<table" not in html


def links(text: str) -> list[str | None]:
    found: list[str | None] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "a":
                found.append(dict(attrs)["href"])

    Links().feed(render(text))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Se https://havnvik.no/plan.", ["https://havnvik.no/plan"]),
        ("(https://a.no/x_(y)), og", ["https://a.no/x_(y)"]),
        ("https://a.no/a_b_c?x=1&y=2!", ["https://a.no/a_b_c?x=1&y=2"]),
        ("**https://a.no**", ["https://a.no"]),
        ("[https://a.no](https://b.no)", ["https://b.no"]),
        ("https://a.no https://b.no", ["https://a.no", "https://b.no"]),
        ("`https://a.no`", []),
        ("https://", []),
        ("http://a.no", []),
        ("<https://a.no>", ["https://a.no"]),
        ("[skriv](mailto:post@a.no)", ["mailto:post@a.no"]),
        ("[her](/ideer)", []),
        ("[her](//a.no)", []),
        ("[her](ftp://a.no)", []),
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    assert links(text) == expected


def test_a_link_without_text_is_named_by_its_address() -> None:
    assert ">https://a.no/x</a>" in render("[](https://a.no/x)")


def test_plain_has_no_markup() -> None:
    text = "# Tittel\n\nEt *lite* [avsnitt](https://a.no)\nmed `kode`\n\n- punkt\n\n```\nx = 1\n```"
    assert plain(text, 200) == "Tittel Et lite avsnitt med kode punkt x = 1"


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (100, "Gang og sykkel til skolen"),
        (25, "Gang og sykkel til skolen"),
        (24, "Gang og sykkel til…"),
        (19, "Gang og sykkel til…"),
        (18, "Gang og sykkel…"),
        (3, "Ga…"),
    ],
)
def test_plain_is_cut_at_a_word(limit: int, expected: str) -> None:
    result = plain("Gang og sykkel til skolen", limit)
    assert result == expected
    assert len(result) <= limit


def test_plain_does_not_end_in_punctuation_before_the_mark() -> None:
    assert plain("Hei, du der borte", 6) == "Hei…"
