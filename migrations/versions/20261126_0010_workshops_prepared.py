"""preparing workshops: terms, methods, those who help, letters to all who come"""

import sqlalchemy as sa
from alembic import op

revision = "0010prepare"
down_revision = "0009relevance"
branch_labels = None
depends_on = None

# Expand, then contract: add first, remove in a later release. On PostgreSQL create indexes concurrently.


def upgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("meets", sa.String(length=8), nullable=False, server_default="place")
        )
        batch_op.add_column(
            sa.Column("languages", sa.String(length=10), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("principle_ids", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("ends_by", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("method", sa.String(length=20), nullable=False, server_default="")
        )

    op.create_table(
        "workshop_lead",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=6), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('lead', 'helper')", name=op.f("ck_workshop_lead_role")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_workshop_lead_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_workshop_lead_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "user_id", name=op.f("pk_workshop_lead")),
    )
    with op.batch_alter_table("workshop_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_lead_user_id"), ["user_id"], unique=False)

    op.create_table(
        "helper_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["user_account.id"],
            name=op.f("fk_helper_invitation_invited_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_helper_invitation_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_helper_invitation_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper_invitation")),
        sa.UniqueConstraint(
            "workshop_id", "email", name=op.f("uq_helper_invitation_workshop_id_email")
        ),
    )
    with op.batch_alter_table("helper_invitation", schema=None) as batch_op:
        for column in ("email", "invited_by_id", "municipality_id"):
            batch_op.create_index(
                batch_op.f(f"ix_helper_invitation_{column}"), [column], unique=False
            )

    op.create_table(
        "workshop_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("seated_only", sa.Boolean(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_workshop_letter_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_letter")),
    )
    with op.batch_alter_table("workshop_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_letter_workshop_id"), ["workshop_id"], unique=False
        )


def downgrade() -> None:
    for table in ("workshop_letter", "helper_invitation", "workshop_lead"):
        op.drop_table(table)
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_column("method")

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        for column in ("ends_by", "principle_ids", "languages", "meets"):
            batch_op.drop_column(column)
