"""What an item was called in the room: told to those who had a part in what it became."""

import sqlalchemy as sa
from alembic import op

revision = "0019called"
down_revision = "0018out"
branch_labels = None
depends_on = None

# Expand, then contract: add first, remove in a later release. On PostgreSQL create indexes concurrently.


def upgrade() -> None:
    # Of what became something before it is not known any more.
    op.add_column("outcome", sa.Column("title", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_column("title")
