"""The words of a contribution as its page shows them: the text, its principles and goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from ..core.fragments import fragment, language
from ..principles.reference import goal_name, principle_name


@dataclass(frozen=True, slots=True)
class Article:
    """A contribution's text in one version; `town` is the slug its links lead to."""

    id: int
    version: int
    lang: str
    html: str
    principle_ids: str
    goal_ids: str
    town: str

    @property
    def principles(self) -> list[tuple[int, str]]:
        """The principles it is tied to, by number and name."""
        return [(n, principle_name(n, language())) for n in _numbers(self.principle_ids)]

    @property
    def goals(self) -> list[tuple[int, str]]:
        """The goals it is tied to, by number and name."""
        return [(n, goal_name(n, language())) for n in _numbers(self.goal_ids)]


def article_html(article: Article) -> Markup:
    """Render the words once per version and language."""
    return fragment("contributions/_text.html", "text", article, article.id, article.version)


def edited_html(number: int, moment: datetime | None, town: str) -> Markup:
    """Render when the words were last changed."""
    mark = {"id": number, "at": moment, "town": town}
    return fragment("contributions/_edited.html", "edited", mark, number, moment, town)


def _numbers(listed: str) -> list[int]:
    return [int(part) for part in listed.split(",") if part]
