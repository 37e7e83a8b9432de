"""Lists and search: counts for filters, indexes for filtered sorts, and search within a town."""

import sqlalchemy as sa
from alembic import op

revision = "0003lists"
down_revision = "0002search"
branch_labels = None
depends_on = None

SORTS = {"supported": "support_count", "discussed": "comment_count", "trending": "trending"}
EVENTS = ("insert", "delete", "update")
TABLE = (
    "CREATE VIRTUAL TABLE contribution_fts USING fts5({columns}, content='contribution_text',"
    " content_rowid='contribution_id', tokenize='unicode61 remove_diacritics 0')"
)
REBUILD = "INSERT INTO contribution_fts(contribution_fts) VALUES ('rebuild')"
TRIGGERS = (
    "CREATE TRIGGER contribution_text_insert AFTER INSERT ON contribution_text BEGIN"
    " INSERT INTO contribution_fts(rowid, {columns}) VALUES (new.contribution_id, {new}); END",
    "CREATE TRIGGER contribution_text_delete AFTER DELETE ON contribution_text BEGIN"
    " INSERT INTO contribution_fts(contribution_fts, rowid, {columns})"
    " VALUES ('delete', old.contribution_id, {old}); END",
    "CREATE TRIGGER contribution_text_update AFTER UPDATE OF {columns} ON contribution_text BEGIN"
    " INSERT INTO contribution_fts(contribution_fts, rowid, {columns})"
    " VALUES ('delete', old.contribution_id, {old});"
    " INSERT INTO contribution_fts(rowid, {columns}) VALUES (new.contribution_id, {new}); END",
)
COUNTED = (
    "SELECT c.municipality_id, c.kind, '{facet}', {value}, count(*) FROM contribution c {join}"
    " WHERE c.hidden_at IS NULL AND c.withdrawn_at IS NULL AND {value} IS NOT NULL"
    " GROUP BY c.municipality_id, c.kind, {value}"
)
TIES = "JOIN contribution_{facet} t ON t.contribution_id = c.id"
COUNTS = (
    COUNTED.format(facet="all", value="c.id * 0", join=""),
    COUNTED.format(facet="stage", value="c.stage_id", join=""),
    *(
        COUNTED.format(facet=facet, value=f"t.{facet}_id", join=TIES.format(facet=facet))
        for facet in ("principle", "goal")
    ),
)
TOWN_OF = (
    "UPDATE contribution_text SET municipality_id = (SELECT municipality_id FROM contribution"
    " WHERE contribution.id = contribution_text.contribution_id)"
)


def upgrade() -> None:
    op.create_table(
        "facet_count",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("facet", sa.String(length=9), nullable=False),
        sa.Column("value", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_facet_count_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "kind", "facet", "value", name=op.f("pk_facet_count")
        ),
    )
    for counts in COUNTS:
        op.execute(f"INSERT INTO facet_count (municipality_id, kind, facet, value, count) {counts}")
    answers = sa.text("challenge_id IS NOT NULL")
    for name, column in SORTS.items():
        op.create_index(f"ix_contribution_stage_{name}", "contribution", ["stage_id", column, "id"])
        op.create_index(
            f"ix_contribution_challenge_{name}",
            "contribution",
            ["challenge_id", column, "id"],
            sqlite_where=answers,
            postgresql_where=answers,
        )
    _drop_search()
    with op.batch_alter_table("contribution_text") as batch:
        batch.add_column(sa.Column("municipality_id", sa.Integer(), nullable=True))
    op.execute(TOWN_OF)
    with op.batch_alter_table("contribution_text") as batch:
        batch.alter_column("municipality_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(
            op.f("fk_contribution_text_municipality_id_municipality"),
            "municipality",
            ["municipality_id"],
            ["id"],
        )
        batch.create_index(op.f("ix_contribution_text_municipality_id"), ["municipality_id"])
    _make_search("stems", "municipality_id")


def downgrade() -> None:
    _drop_search()
    with op.batch_alter_table("contribution_text") as batch:
        batch.drop_index(op.f("ix_contribution_text_municipality_id"))
        batch.drop_constraint(
            op.f("fk_contribution_text_municipality_id_municipality"), type_="foreignkey"
        )
        batch.drop_column("municipality_id")
    _make_search("stems")
    for name in SORTS:
        op.drop_index(f"ix_contribution_challenge_{name}", "contribution")
        op.drop_index(f"ix_contribution_stage_{name}", "contribution")
    op.drop_table("facet_count")


def _drop_search() -> None:
    # SQLite makes the table anew to change it: the index that watches it must be gone meanwhile.
    if op.get_bind().dialect.name == "sqlite":
        for event in EVENTS:
            op.execute(f"DROP TRIGGER contribution_text_{event}")
        op.execute("DROP TABLE contribution_fts")


def _make_search(*columns: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    parts = {
        "columns": ", ".join(columns),
        "new": ", ".join(f"new.{name}" for name in columns),
        "old": ", ".join(f"old.{name}" for name in columns),
    }
    op.execute(TABLE.format(**parts))
    for trigger in TRIGGERS:
        op.execute(trigger.format(**parts))
    op.execute(REBUILD)
