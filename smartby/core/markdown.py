"""Turn what people write in Markdown into safe HTML, and into plain excerpts."""

import re
from collections.abc import Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "code", "pre",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
_REL = "nofollow ugc noopener"
_ALLOWED_LINK = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
_BARE_URL = re.compile(r"https://[^\s<>\"'`]+", re.IGNORECASE)
_TRAILING = ".,;:!?*_~"
# Tags of user text that would break a page's outline or fetch something are not parsed at all.
_DISABLED = ["image", "html_block", "html_inline", "hr", "lheading", "code", "reference"]


def _allowed(url: str) -> bool:
    return _ALLOWED_LINK.match(url) is not None


def _demote(state: StateCore) -> None:
    """Let headings start at h3, so that the page keeps its own h1 and h2."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag == "h1" else "h4"


def _trimmed(url: str) -> str:
    """Leave the punctuation of the sentence outside the address."""
    end = len(url)
    while end and (
        url[end - 1] in _TRAILING
        or (url[end - 1] == ")" and url.count("(", 0, end) < url.count(")", 0, end))
    ):
        end -= 1
    return url[:end]


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)


def _linked(token: Token) -> Iterator[Token]:
    at = 0
    for match in _BARE_URL.finditer(token.content):
        url = _trimmed(match.group()[:500])
        if len(url) <= len("https://"):
            continue
        yield _text(token.content[at : match.start()], token.level)
        yield Token("link_open", "a", 1, attrs={"href": url}, level=token.level)
        yield _text(url, token.level + 1)
        yield Token("link_close", "a", -1, level=token.level)
        at = match.start() + len(url)
    yield _text(token.content[at:], token.level)


def _autolink(state: StateCore) -> None:
    """Make bare https addresses into links, except inside links."""
    for block in state.tokens:
        if not block.children:
            continue
        children: list[Token] = []
        depth = 0
        for token in block.children:
            depth += token.nesting if token.type in ("link_open", "link_close") else 0
            plain_text = token.type == "text" and depth == 0
            children.extend(_linked(token) if plain_text else [token])
        block.children = children


def _name_links(state: StateCore) -> None:
    """Show the address of a link that has no text: a screen reader must have a name for it."""
    for block in state.tokens:
        children = block.children or []
        for at in range(len(children) - 1, 0, -1):
            before, token = children[at - 1], children[at]
            if (before.type, token.type) == ("link_open", "link_close"):
                children.insert(at, _text(str(before.attrs["href"]), token.level + 1))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(_DISABLED)
    # An instance attribute is the parser's own way to replace its link check.
    parser.validateLink = _allowed  # type: ignore[method-assign]
    parser.core.ruler.push("demote", _demote)
    parser.core.ruler.push("autolink", _autolink)
    parser.core.ruler.push("name_links", _name_links)
    return parser


_PARSER = _parser()


def render(text: str) -> Markup:
    """Render Markdown as HTML that cannot run anything."""
    html = _PARSER.render(text)
    return Markup(  # noqa: S704  nh3 has just made it safe
        nh3.clean(
            html,
            tags=_TAGS,
            # Without "*" nh3 would let title and lang through on everything.
            attributes={"*": set(), "a": {"href"}},
            url_schemes=_SCHEMES,
            link_rel=_REL,
        ).strip()
    )


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children is not None:
            yield "".join(
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children
            )
        elif token.type == "fence":
            yield token.content


def plain(text: str, limit: int) -> str:
    """Return the text without markup, cut at a word so that it fits the limit."""
    words = " ".join(" ".join(_words(_PARSER.parse(text))).split())
    if len(words) <= limit:
        return words
    head = words[: limit - 1]
    if words[limit - 1] != " " and " " in head:
        head = head.rpartition(" ")[0]
    return head.rstrip(" .,;:!?–-") + "…"
