"""Votes on cards, cards in somebody's hand, questions answered, and how far an activity has come."""

import sqlalchemy as sa
from alembic import op

revision = "0013cards"
down_revision = "0012outcomes"
branch_labels = None
depends_on = None

# Expand, then contract: add first, remove in a later release. On PostgreSQL create indexes concurrently.


def upgrade() -> None:
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_by", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))

    op.create_table(
        "card_vote",
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("value IN (-1, 1)", name=op.f("ck_card_vote_value")),
        sa.ForeignKeyConstraint(
            ["card_id"], ["card.id"], name=op.f("fk_card_vote_card_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", "voter", name=op.f("pk_card_vote")),
    )
    op.create_table(
        "progress",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_progress_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_progress_municipality_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_progress")),
    )
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_progress_municipality_id"), ["municipality_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_municipality_id"))

    op.drop_table("progress")
    op.drop_table("card_vote")
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_column("answered_at")
        batch_op.drop_column("taken_at")
        batch_op.drop_column("taken_by")
