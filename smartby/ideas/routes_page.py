"""An idea's page over HTTP."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from ..comments.queries import SORTS
from ..comments.said import Reader
from ..comments.talk import Wish, stances_of
from ..contributions.article import Article, article_html
from ..core.access import allows, can, me
from ..core.live import followed
from ..core.numbers import LARGEST
from ..core.pagination import decode
from ..pipeline.access import stage_allows
from ..votes.controls import Control, support_html
from .page import Page, read_page

TALKS, TAKES_SUPPORT = stage_allows("comment"), stage_allows("support")
# What the author or the staff may do about an idea: endpoint, rule, words, pictogram.
DEEDS = (
    ("ideas.edit", "ideas.edit", _l("Endre ideen"), "pencil"),
    ("pipeline.new_move", "moves.make", _l("Flytt ideen"), "move"),
    ("answers.new", "answers.give", _l("Gi et offisielt svar"), "town"),
    ("contributions.withdraw", "contributions.withdraw", _l("Trekk ideen tilbake"), "close"),
    ("contributions.hide", "contributions.hide", _l("Skjul ideen"), "eye-off"),
)


@allows("town.see")
def show(number: int) -> str:
    """Show an idea: where it stands, its words, answers, discussion and timeline."""
    town, person = g.municipality, me()
    page = read_page(town.id, number, _wish(), person)
    idea = page.idea
    article = Article(
        number, idea.version, idea.lang, idea.html, idea.principle_ids, idea.goal_ids, town.slug
    )
    counts = {stance: idea._mapping[f"{stance}_count"] for stance in ("for", "against", "question")}
    return render_template(
        "ideas/show.html",
        idea=idea,
        page=page,
        streams=followed(page.streams),
        words=article_html(article),
        support=_support(page, town.slug),
        about=idea,
        talk=page.talk,
        threads=page.talk.html(Reader(town.slug, person.id, page.useful)),
        stances=stances_of(number, counts),
        talk_open=TALKS.test(person, idea),
        may_comment=can("comments.add", idea, person),
        deeds=_deeds(idea),
        versions=_address("contributions.versions", number) if idea.edited_at else "",
        challenge=_challenge(idea),
    )


def _wish() -> Wish:
    sort = request.args.get("sort", "new")
    comment = request.args.get("comment", type=int) or 0
    return Wish(
        sort=sort if sort in SORTS else "new",
        after=decode(request.args.get("after")),
        comment=comment if 0 < comment <= LARGEST else None,
    )


def _support(page: Page, town: str) -> Markup:
    idea = page.idea
    control = Control(
        idea.id,
        idea.support_count,
        page.supported,
        idea.title,
        town,
        large=True,
        closed=not TAKES_SUPPORT.test(None, idea),
    )
    return support_html(control)


def _deeds(idea: Any) -> list[tuple[str, Any, str]]:
    """Return the pages for what this reader may do: address, words, pictogram."""
    found = [
        (_address(endpoint, idea.id), words, picture)
        for endpoint, rule, words, picture in DEEDS
        if endpoint in current_app.view_functions and can(rule, idea)
    ]
    return [deed for deed in found if deed[0]]


def _address(endpoint: str, number: int) -> str:
    # Rooms beside this one may not have opened yet: no link leads nowhere.
    return url_for(endpoint, number=number) if endpoint in current_app.view_functions else ""


def _challenge(idea: Any) -> str:
    if idea.challenge_id is None or idea.challenge_hidden_at is not None:
        return ""
    return _address("challenges.show", idea.challenge_id)
