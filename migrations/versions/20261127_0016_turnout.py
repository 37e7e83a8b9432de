"""How many could vote when a round was closed: who comes or goes later is no part of the turnout."""

import sqlalchemy as sa
from alembic import op

revision = "0016turnout"
down_revision = "0015upvotes"
branch_labels = None
depends_on = None

# Expand, then contract: add first, remove in a later release. On PostgreSQL create indexes concurrently.


def upgrade() -> None:
    op.add_column("round", sa.Column("present", sa.Integer(), nullable=True))
    # Of rounds that were closed before, nobody knows any better than who is in now.
    op.execute(
        "UPDATE round SET present = (SELECT run.joined FROM run JOIN activity"
        " ON activity.workshop_id = run.id WHERE activity.id = round.activity_id)"
        " WHERE closed_at IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("present")
