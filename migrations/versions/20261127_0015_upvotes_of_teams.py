"""For how many people a vote on a card counts: several may share a device."""

import sqlalchemy as sa
from alembic import op

revision = "0015upvotes"
down_revision = "0014video"
branch_labels = None
depends_on = None

# Expand, then contract: add first, remove in a later release. On PostgreSQL create indexes concurrently.


def upgrade() -> None:
    with op.batch_alter_table("card_vote", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heads", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_check_constraint("heads", "heads BETWEEN 1 AND 20")
    # Under strict anonymity nobody knows whose a vote is: those count once, as they did.
    op.execute(
        "UPDATE card_vote SET heads = ("
        "SELECT heads FROM participant WHERE 'p:' || participant.id = card_vote.voter)"
        " WHERE voter IN (SELECT 'p:' || id FROM participant WHERE heads > 1)"
    )


def downgrade() -> None:
    with op.batch_alter_table("card_vote", schema=None) as batch_op:
        batch_op.drop_constraint("heads", type_="check")
        batch_op.drop_column("heads")
