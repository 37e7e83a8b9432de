"""When somebody looked at their own page, so that it can say what is new."""

import sqlalchemy as sa
from alembic import op

revision = "0006look"
down_revision = "0005owners"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("user_account") as table:
        table.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("looked_before", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("user_account") as table:
        table.drop_column("looked_before")
        table.drop_column("looked_at")
