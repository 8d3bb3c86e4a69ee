"""An index of all texts, and the versions that are not in it yet: all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make index and queue; the daemon, `once` and `serve` work it off in small portions."""
    op.create_table(
        "unindexed",
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page", "number"], ["version.page", "version.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page", "number"),
    )
    op.execute("INSERT INTO unindexed (page, number) SELECT page, number FROM version")
    if op.get_bind().dialect.name == "sqlite":
        # Marks are words already, each counts once a version: no positions, no copy of the text.
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5("
            "marks, content='', detail=none, tokenize=\"ascii tokenchars '.,%'\")"
        )
