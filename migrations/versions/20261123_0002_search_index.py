"""The search index over stems: FTS5 kept by triggers on SQLite, an expression index on PostgreSQL."""

from alembic import op

revision = "0002search"
down_revision = "0001spine"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE VIRTUAL TABLE contribution_fts USING fts5(stems, content='contribution_text',"
    " content_rowid='contribution_id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER contribution_text_insert AFTER INSERT ON contribution_text BEGIN"
    " INSERT INTO contribution_fts(rowid, stems) VALUES (new.contribution_id, new.stems); END",
    "CREATE TRIGGER contribution_text_delete AFTER DELETE ON contribution_text BEGIN"
    " INSERT INTO contribution_fts(contribution_fts, rowid, stems)"
    " VALUES ('delete', old.contribution_id, old.stems); END",
    "CREATE TRIGGER contribution_text_update AFTER UPDATE OF stems ON contribution_text BEGIN"
    " INSERT INTO contribution_fts(contribution_fts, rowid, stems)"
    " VALUES ('delete', old.contribution_id, old.stems);"
    " INSERT INTO contribution_fts(rowid, stems) VALUES (new.contribution_id, new.stems); END",
)
POSTGRESQL = (
    "CREATE INDEX ix_contribution_text_stems ON contribution_text"
    " USING gin (to_tsvector('simple', stems))"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
    else:
        op.execute(POSTGRESQL)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER contribution_text_{event}")
        op.execute("DROP TABLE contribution_fts")
    else:
        op.execute("DROP INDEX ix_contribution_text_stems")
