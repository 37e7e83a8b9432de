"""Pipelines that come with smartby, as data; a town gets a copy as rows of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..extensions import db
from .models import Move, Stage

FOLDER = Path(__file__).parent / "data"


def read(name: str = "default") -> dict[str, Any]:
    """Read a shipped pipeline."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content


def install(municipality_id: int, name: str = "default") -> dict[str, Stage]:
    """Give a town its own copy of a shipped pipeline; return its stages by key."""
    content = read(name)
    stages = {
        row["key"]: _stage(municipality_id, place, row)
        for place, row in enumerate(content["stages"])
    }
    db.session.add_all(stages.values())
    db.session.flush()
    db.session.add_all(
        Move(
            municipality_id=municipality_id,
            from_id=stages[row["from"]].id,
            to_id=stages[row["to"]].id,
            role=row.get("role", "moderator"),
            reason_required=row.get("reason", False),
        )
        for row in content["moves"]
    )
    return stages


def _stage(municipality_id: int, place: int, row: dict[str, Any]) -> Stage:
    return Stage(
        municipality_id=municipality_id,
        key=row["key"],
        position=place,
        name_nb=row["nb"],
        name_nn=row["nn"],
        name_en=row["en"],
        kind=row["kind"],
        colour=row["colour"],
        target_days=row.get("target_days"),
        advised_most=row.get("advised_most"),
        allows_edit="edit" in row["allows"],
        allows_support="support" in row["allows"],
        allows_comment="comment" in row["allows"],
    )
