"""Who looks after a contribution on the board."""

import sqlalchemy as sa
from alembic import op

revision = "0005owners"
down_revision = "0004board"
branch_labels = None
depends_on = None

NAME = "fk_contribution_owner_id_user_account"
# Not by batch: SQLite would make the table anew, and everything that hangs on it would go with the old.
SQLITE = (
    "ALTER TABLE contribution ADD COLUMN owner_id INTEGER"
    f" CONSTRAINT {NAME} REFERENCES user_account (id)"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE)
    else:
        op.add_column("contribution", sa.Column("owner_id", sa.Integer(), nullable=True))
        op.create_foreign_key(NAME, "contribution", "user_account", ["owner_id"], ["id"])
    owned = sa.text("owner_id IS NOT NULL")
    op.create_index(
        "ix_contribution_owner",
        "contribution",
        ["owner_id"],
        sqlite_where=owned,
        postgresql_where=owned,
    )


def downgrade() -> None:
    op.drop_index("ix_contribution_owner", "contribution")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE contribution DROP COLUMN owner_id")
    else:
        op.drop_constraint(NAME, "contribution", type_="foreignkey")
        op.drop_column("contribution", "owner_id")
