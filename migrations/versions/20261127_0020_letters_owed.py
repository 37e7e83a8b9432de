"""Whom a letter is owed of what came of a workshop: written by a job, in portions."""

import sqlalchemy as sa
from alembic import op

revision = "0020letters"
down_revision = "0019called"
branch_labels = None
depends_on = None

# Expand, then contract: add first, remove in a later release. On PostgreSQL create indexes concurrently.


def upgrade() -> None:
    # Those who are named already were written to when it was published.
    op.add_column(
        "contributor",
        sa.Column("letter_owed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    owed = sa.text("letter_owed")
    op.create_index(
        "ix_contributor_owed", "contributor", ["user_id"], sqlite_where=owed, postgresql_where=owed
    )


def downgrade() -> None:
    op.drop_index("ix_contributor_owed", table_name="contributor")
    with op.batch_alter_table("contributor", schema=None) as batch_op:
        batch_op.drop_column("letter_owed")
