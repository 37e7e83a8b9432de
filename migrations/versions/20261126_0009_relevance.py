"""The stems of a title apart: what is searched for there is found first."""

import sqlalchemy as sa
from alembic import op

revision = "0009relevance"
down_revision = "0008held"
branch_labels = None
depends_on = None

# Titles that were there before are read by `flask search rebuild`; until then their texts count.


def upgrade() -> None:
    op.add_column(
        "contribution_text",
        sa.Column("title_stems", sa.Text(), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("contribution_text", "title_stems")
