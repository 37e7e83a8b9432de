"""What the pages of ideas and challenges have in common over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import g, request, url_for
from markupsafe import Markup

from ..comments.models import STANCES
from ..comments.queries import SORTS
from ..comments.said import Reader
from ..comments.talk import Wish, stances_of
from ..contributions.article import Article, article_html, edited_html
from ..core.access import can, me
from ..core.live import followed
from ..core.numbers import LARGEST
from ..core.pagination import decode
from ..pipeline.access import stage_allows
from ..pipeline.owners import owner_name
from ..votes.controls import Control, support_html
from .origins import origin_html
from .page import Own, Page

NOTHING: Mapping[str, int] = MappingProxyType({})
TALKS, TAKES_SUPPORT = stage_allows("comment"), stage_allows("support")


class Deed(NamedTuple):
    """What the author or the staff may do about a contribution."""

    endpoint: str
    rule: str
    words: Any
    picture: str


def asked_for() -> Wish:
    """Read from the address which part of the discussion is wanted, and in what order."""
    sort = request.args.get("sort", "new")
    comment = request.args.get("comment", type=int) or 0
    return Wish(
        sort=sort if sort in SORTS else "new",
        after=decode(request.args.get("after")),
        comment=comment if 0 < comment <= LARGEST else None,
    )


def shown(
    page: Page, own: Own, deeds: Iterable[Deed], beside: Mapping[str, int] = NOTHING
) -> dict[str, Any]:
    """Return what `reading/show.html` shows: words, support, discussion, deeds.

    `beside`: the streams, with their numbers, of what a kind shows besides.
    """
    row, town, person = page.row, g.municipality.slug, me()
    counts = {stance: row._mapping[f"{stance}_count"] for stance in STANCES}
    return {
        "about": row,
        "page": page,
        "streams": followed({**page.streams, **beside}),
        "words": article_html(_article(row, town)),
        "support": _support(row, own, town),
        "support_open": TAKES_SUPPORT.test(None, row),
        "talk": page.talk,
        "threads": page.talk.html(Reader(town, person.id, own.useful)),
        "counts": tuple(counts.items()),
        "answered": tuple(answer.id for answer in page.answers),
        "stances": stances_of(row.id, counts),
        "talk_open": TALKS.test(person, row),
        "may_comment": can("comments.add", row, person),
        "deeds": [_link(deed, row.id) for deed in deeds if can(deed.rule, row, person)],
        # Who looks after it is for the staff only.
        "owner": _owner(row) if row.stage_id and can("owners.give", row, person) else None,
        "origin": origin_html(row, town),
        "edited": edited_html(row.id, row.edited_at, town),
    }


def _owner(row: Any) -> dict[str, Any]:
    return {"id": row.owner_id, "name": owner_name(row.owner_id)}


def _article(row: Any, town: str) -> Article:
    return Article(
        row.id, row.version, row.lang, row.html, row.principle_ids, row.goal_ids, town
    )  # fmt: skip


def _support(row: Any, own: Own, town: str) -> Markup:
    control = Control(
        row.id,
        row.support_count,
        row.id in own.supported,
        row.title,
        town,
        large=True,
        closed=not TAKES_SUPPORT.test(None, row),
    )
    return support_html(control)


def _link(deed: Deed, number: int) -> tuple[str, Any, str]:
    return url_for(deed.endpoint, number=number), deed.words, deed.picture
