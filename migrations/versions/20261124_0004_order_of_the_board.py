"""The board's lanes: the earliest deadline first, then what has none, the newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0004board"
down_revision = "0003lists"
branch_labels = None
depends_on = None

PARTS = {"promised": ("due_at", "IS NOT NULL"), "unpromised": ("stage_since", "IS NULL")}


def upgrade() -> None:
    for name, (column, promise) in PARTS.items():
        part = sa.text(f"due_at {promise}")
        op.create_index(
            f"ix_contribution_board_{name}",
            "contribution",
            ["stage_id", column, "id"],
            sqlite_where=part,
            postgresql_where=part,
        )
    op.drop_index("ix_contribution_board", "contribution")


def downgrade() -> None:
    op.create_index("ix_contribution_board", "contribution", ["stage_id", "stage_since", "id"])
    for name in PARTS:
        op.drop_index(f"ix_contribution_board_{name}", "contribution")
