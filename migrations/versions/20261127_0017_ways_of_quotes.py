"""How the cards that an outcome quotes came: on paper, by another's hand, from several together."""

import sqlalchemy as sa
from alembic import op

revision = "0017ways"
down_revision = "0016turnout"
branch_labels = None
depends_on = None

# Expand, then contract: add first, remove in a later release. On PostgreSQL create indexes concurrently.


def upgrade() -> None:
    # Of what became something before it is not known any more.
    op.add_column("outcome", sa.Column("ways", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_column("ways")
