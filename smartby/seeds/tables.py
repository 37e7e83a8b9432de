"""The rows of an invented idea: itself, its texts, its ties, its supports and its comments."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

from ..comments.models import Comment
from ..contributions.models import (
    Contribution,
    ContributionText,
    contribution_goal,
    contribution_principle,
)
from ..ideas.models import Idea
from ..votes.models import Support
from .invented import Inventor
from .loader import Loader, Numbers
from .plan import Planned

IDEA = (
    "id", "kind", "municipality_id", "code", "title", "excerpt", "lang", "place", "author_id",
    "principle_ids", "goal_ids", "stage_id", "stage_since", "due_at", "support_count",
    "comment_count", "for_count", "against_count", "question_count", "trending", "published_at",
    "created_at",
)  # fmt: skip
COMMENT = (
    "id", "municipality_id", "contribution_id", "parent_id", "root_id", "depth", "author_id",
    "stance", "body", "body_html", "lang", "reply_count", "created_at",
)  # fmt: skip
STANCES = ("for", "for", "for", "against", "question", "question", None, None)


class Tables:
    """Everything that is written for ideas, in an order that foreign keys accept."""

    def __init__(self, people: list[int], inventor: Inventor, dice: Random) -> None:
        self.people, self.inventor, self.dice = people, inventor, dice
        self.numbers, self.comment_numbers = (
            Numbers(Contribution.__table__),
            Numbers(Comment.__table__),
        )
        self.contributions = Loader(Contribution.__table__, *IDEA)
        self.ideas = Loader(Idea.__table__, "id")
        self.texts = Loader(
            ContributionText.__table__,
            "contribution_id",
            "municipality_id",
            "body",
            "html",
            "stems",
            "title_stems",
        )
        self.principles = Loader(contribution_principle, "contribution_id", "principle_id")
        self.goals = Loader(contribution_goal, "contribution_id", "goal_id")
        self.supports = Loader(Support.__table__, "contribution_id", "user_id", "created_at")
        self.comments = Loader(Comment.__table__, *COMMENT)

    def add_idea(self, number: int, planned: Planned, **columns: Any) -> None:
        """Keep an idea's own rows."""
        what, row = planned.what, planned.what.row
        columns |= {
            "id": number,
            "kind": "idea",
            "title": what.title,
            "excerpt": what.body.excerpt,
            "lang": row["lang"],
            "place": what.place,
            "principle_ids": _listed(row["principles"]),
            "goal_ids": _listed(row.get("goals") or ()),
            "published_at": planned.at,
            "created_at": planned.at,
        }
        self.contributions.add(*(columns[name] for name in IDEA))
        self.ideas.add(number)
        town = columns["municipality_id"]
        body = what.body
        self.texts.add(number, town, body.text, body.html, body.stems, body.title_stems)
        for principle in set(row["principles"]):
            self.principles.add(number, principle)
        for goal in set(row.get("goals") or ()):
            self.goals.add(number, goal)

    def add_supports(self, number: int, planned: Planned) -> int:
        """Keep an idea's supports; return how many."""
        count = min(planned.supports, len(self.people))
        length = planned.until - planned.at
        for person in self.dice.sample(self.people, count):
            self.supports.add(number, person, planned.at + length * self.dice.random())
        return count

    def add_comments(self, number: int, town: int, planned: Planned) -> Counter[str | None]:
        """Keep an idea's comments, a third of them replies; return how many of each stance."""
        counts: Counter[str | None] = Counter()
        rows: list[dict[str, Any]] = []
        for place in range(planned.comments):
            root = self.dice.choice(rows) if rows and self.dice.random() < 0.33 else None
            root = None if root is None or root["depth"] else root
            stance = None if root else self.dice.choice(STANCES)
            moment = planned.at + (planned.until - planned.at) * (
                (place + 1) / (planned.comments + 1)
            )
            rows.append(self._comment(number, town, planned.what.row["lang"], moment))
            rows[-1] |= {"stance": stance}
            if root:
                rows[-1] |= {"parent_id": root["id"], "root_id": root["id"], "depth": 1}
                root["reply_count"] += 1
            counts[stance] += 1
        for row in rows:
            self.comments.add(*(row[name] for name in COMMENT))
        return counts

    def flush(self) -> None:
        """Write what is kept; inside a transaction."""
        for loader in (
            self.contributions, self.ideas, self.texts, self.principles, self.goals,
            self.supports, self.comments,
        ):  # fmt: skip
            loader.flush()
        self.numbers.settle()
        self.comment_numbers.settle()

    def _comment(self, number: int, town: int, lang: str, moment: datetime) -> dict[str, Any]:
        remark = self.inventor.remark(lang)
        return {
            "id": self.comment_numbers.take(),
            "municipality_id": town,
            "contribution_id": number,
            "parent_id": None,
            "root_id": None,
            "depth": 0,
            "author_id": self.dice.choice(self.people),
            "body": remark.text,
            "body_html": remark.html,
            "lang": lang,
            "reply_count": 0,
            "created_at": moment + timedelta(seconds=1),
        }


def _listed(numbers: Any) -> str:
    return "".join(f",{number}" for number in sorted(set(numbers))) + "," if numbers else ""
