"""How many were shown out of a workshop: they took part until then, and the minutes count them."""

import sqlalchemy as sa
from alembic import op

revision = "0018out"
down_revision = "0017ways"
branch_labels = None
depends_on = None

# Expand, then contract: add first, remove in a later release. On PostgreSQL create indexes concurrently.


def upgrade() -> None:
    op.add_column("run", sa.Column("shown_out", sa.Integer(), nullable=False, server_default="0"))
    # Who took part is forgotten after thirty days: of older workshops nobody knows any better.
    op.execute(
        "UPDATE run SET shown_out = (SELECT coalesce(sum(heads), 0) FROM participant"
        " WHERE participant.run_id = run.id AND removed_at IS NOT NULL AND kind <> 'paper')"
    )


def downgrade() -> None:
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_column("shown_out")
